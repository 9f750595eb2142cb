using Chatbot.Server;

return await CommandLine.RunAsync(args);
