namespace Chatbot.Crawler.Politeness;

/// <summary>
/// How much may be asked of a host, judged by how long its answers take: one that answers the later the more it is asked has
/// more than it can do, and its visitors wait with us. The idea is that of TCP Vegas (Brakmo and Peterson, 1995): what counts
/// is how much longer an answer takes than it does when nobody else waits. To be guarded by a lock.
/// </summary>
/// <param name="most">Requests at a time, at most.</param>
internal sealed class HostPace(int most)
{
    // Of each answer in the mean of all: after eight of them nine tenths of it are of what they say.
    private const double Weight = 0.25;
    private const int AnswersToJudge = 8;

    // Times what an answer takes by itself. In between all stays as it is.
    private const double Strained = 2;
    private const double Calm = 1.5;

    // Nobody waits for these, and a busy machine of our own makes as much of a difference.
    private static readonly TimeSpan s_quick = TimeSpan.FromMilliseconds(250);

    private readonly int _most = most;
    private TimeSpan _alone = TimeSpan.MaxValue;
    private int _answers;

    /// <summary>Requests that may be in flight, 1 to the most.</summary>
    public int AtATime { get; private set; } = most;

    /// <summary>What an answer takes at present; 0 before the first.</summary>
    public TimeSpan Latency { get; private set; }

    /// <param name="latency">From the request to the header of its answer.</param>
    public void Answered(TimeSpan latency)
    {
        Latency = _alone == TimeSpan.MaxValue ? latency : Latency + (latency - Latency) * Weight;
        // The first one is asked for before there is anything else to ask for.
        _alone = Latency < _alone ? Latency : _alone;
        if (++_answers < AnswersToJudge)
            return;

        _answers = 0;
        if (Latency <= s_quick)
        {
            Go(AtATime + 1);
        }
        else if (AtATime == 1)
        {
            // Slow by itself, and by nobody's load: so it is measured anew, and two at a time are tried.
            _alone = Latency;
            Go(2);
        }
        else if (Latency > _alone * Strained)
        {
            Go(AtATime * 3 / 4);
        }
        else if (Latency <= _alone * Calm)
        {
            Go(AtATime + 1);
        }
    }

    /// <summary>It did not answer in time, or said that it is too much.</summary>
    public void Overloaded()
    {
        _answers = 0;
        Go(AtATime / 2);
    }

    private void Go(int atATime) => AtATime = Math.Clamp(atATime, 1, _most);
}
