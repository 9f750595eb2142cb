namespace Chatbot.Core.Crawling;

/// <summary>How far a preview looks.</summary>
/// <param name="MaxPages">Pages to look at, 1 to 1,000.</param>
/// <param name="MaxTime">When to stop looking, up to five minutes.</param>
/// <param name="IsReusing">What previews of this site fetched in the last ten minutes is taken as it was: other rules are tried without asking the site again.</param>
public sealed record PreviewLimits(int MaxPages, TimeSpan MaxTime, bool IsReusing);
