using Chatbot.Api;
using Chatbot.Backends;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddBackends();
builder.AddApi();

var app = builder.Build();
await app.InitializeBackendsAsync(app.Lifetime.ApplicationStopping);
app.UseServiceDefaults();
app.MapDefaultEndpoints();
app.MapApi();
await app.RunAsync();
