using System.Diagnostics;
using Chatbot.Core.Telemetry;
using Xunit;

namespace Chatbot.Tests.Core.Telemetry;

public sealed class TraceContextTests : IDisposable
{
    private readonly ActivitySource _source = new("Chatbot.Tests.TraceContext");
    private readonly ActivityListener _listener;

    public TraceContextTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => ReferenceEquals(source, _source),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _source.Dispose();
    }

    [Fact]
    public void A_trace_goes_on_where_the_message_arrives()
    {
        string? sent;
        using (var sender = _source.StartActivity("send"))
            sent = TraceContext.Current();
        Assert.Null(Activity.Current);

        using var receiver = TraceContext.Start(_source, "receive", ActivityKind.Consumer, sent);

        Assert.NotNull(receiver);
        Assert.Equal(sent, receiver.ParentId);
        Assert.True(receiver.HasRemoteParent);
        Assert.True(receiver.Recorded);
        Assert.Equal(ActivityKind.Consumer, receiver.Kind);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not a traceparent")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-01")]
    public void A_missing_or_broken_trace_begins_a_new_one(string? traceparent)
    {
        using var activity = TraceContext.Start(_source, "receive", ActivityKind.Consumer, traceparent);

        Assert.NotNull(activity);
        Assert.Null(activity.ParentId);
    }

    [Fact]
    public void Without_an_activity_there_is_nothing_to_carry()
    {
        Assert.Null(TraceContext.Current());
    }
}
