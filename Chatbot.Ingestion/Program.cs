using Chatbot.Backends;
using Chatbot.Ingestion;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddBackends();
builder.AddIngestion();

var app = builder.Build();
await app.InitializeBackendsAsync(app.Lifetime.ApplicationStopping);
app.UseServiceDefaults();
app.MapDefaultEndpoints();
app.Run();
