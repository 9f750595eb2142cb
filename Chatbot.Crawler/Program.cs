using Chatbot.Backends;
using Chatbot.Crawler;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddBackends();
builder.AddCrawler();

var app = builder.Build();
app.UseServiceDefaults();
app.MapDefaultEndpoints();
await app.InitializeBackendsAsync(app.Lifetime.ApplicationStopping);
await app.RunAsync();
