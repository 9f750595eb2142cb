namespace Chatbot.Api.Faqs;

/// <summary>What became of an import.</summary>
/// <param name="Deleted">Entries that the file does not have and that were deleted, where that was asked for.</param>
/// <param name="Problems">The first of what was rejected.</param>
public sealed record FaqImportReply(int Created, int Changed, int Unchanged, int Rejected, int Deleted, IReadOnlyList<FaqImportProblem> Problems);

/// <summary>An entry that was not taken.</summary>
/// <param name="Entry">Its place in the file, from 1.</param>
/// <param name="Detail">In English, for people.</param>
public sealed record FaqImportProblem(int Entry, string Question, string Detail);
