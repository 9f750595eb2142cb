using Chatbot.Core.Jobs;
using Microsoft.Extensions.Options;

namespace Chatbot.Backends.Embedded.Jobs;

[OptionsValidator]
internal sealed partial class JobQueueOptionsValidator : IValidateOptions<JobQueueOptions>;
