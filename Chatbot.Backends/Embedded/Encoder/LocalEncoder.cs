using System.Runtime.ExceptionServices;
using Chatbot.Backends.Embedded.Encoder.Kernels;

namespace Chatbot.Backends.Embedded.Encoder;

/// <summary>The loaded model: file, tokenizer, weights and threads.</summary>
internal sealed class LocalEncoder : IDisposable
{
    private readonly SafetensorsFile _file;

    private LocalEncoder(SafetensorsFile file, UnigramTokenizer tokenizer, EncoderWorkers workers)
    {
        _file = file;
        Tokenizer = tokenizer;
        Workers = workers;
    }

    public UnigramTokenizer Tokenizer { get; }

    public EncoderWorkers Workers { get; }

    /// <exception cref="ModelFileException">The file is not the released one.</exception>
    public static LocalEncoder Load(string path, KernelPath kernels, int threads)
    {
        var file = SafetensorsFile.Open(path);
        try
        {
            UnigramTokenizer? tokenizer = null;
            EncoderModel? model = null;
            Parallel.Invoke(
                () => ModelFile.VerifyHash(file),
                () =>
                {
                    model = new EncoderModel(file, LinearKernel.Create(kernels));
                    tokenizer = UnigramTokenizer.Load(file);
                });
            return new LocalEncoder(file, tokenizer!, new EncoderWorkers(model!, kernels, threads));
        }
        catch (AggregateException error)
        {
            file.Dispose();
            ExceptionDispatchInfo.Throw(error.InnerExceptions.FirstOrDefault(inner => inner is ModelFileException) ?? error);
            throw;
        }
    }

    public void Dispose()
    {
        Workers.Dispose();
        _file.Dispose();
    }
}
