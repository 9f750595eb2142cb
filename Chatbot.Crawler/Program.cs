using Chatbot.Backends;
using Chatbot.Crawler;

using var host = CrawlerHost.Create(args);
await host.InitializeBackendsAsync(host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
await host.RunAsync();
