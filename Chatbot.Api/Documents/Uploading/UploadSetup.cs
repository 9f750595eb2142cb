using Chatbot.Api.Documents.Uploading.Archives;

namespace Chatbot.Api.Documents.Uploading;

internal static class UploadSetup
{
    public static void AddUploads(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<UploadOptions, UploadOptionsValidator>().BindConfiguration("Uploads");
        services.AddSingleton<StagingArea>();
        services.AddSingleton<VirusScanner>();
        services.AddSingleton<UploadIntake>();
        services.AddSingleton<ArchiveUnpacker>();
        services.AddSingleton<UploadReceiver>();
    }
}
