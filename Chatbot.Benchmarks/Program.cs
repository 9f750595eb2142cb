using System.CommandLine;
using Chatbot.Benchmarks.Sites;

var root = new RootCommand("Measures the product: each command prints its figures and what they are compared with.")
{
    SitesCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
