namespace Chatbot.Backends.Embedded.Index;

/// <summary>One knowledge base's vectors in this process, caught up from the rows before each search. Safe for concurrent use.</summary>
internal sealed class KnowledgeBaseVectors(string knowledgeBaseId, int dimensions, VectorRows rows) : IDisposable
{
    private const int RowsPerRead = 4096;

    private readonly SemaphoreSlim _gate = new(1);
    private VectorTable _table = new(dimensions);
    private long _seen;

    /// <summary>Rows that are alive.</summary>
    public int Live => _table.Live;

    /// <summary>The table with all vectors that are there now.</summary>
    public async Task<VectorTable> GetAsync(CancellationToken cancellationToken)
    {
        var last = await rows.GetLastAsync(cancellationToken);
        if (Volatile.Read(ref _seen) >= last) return _table;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            while (_seen < last)
            {
                var found = await rows.GetNewAsync(knowledgeBaseId, _seen, RowsPerRead, cancellationToken);
                if (found.Count == 0) break;
                foreach (var row in found) Add(row);
                _seen = found[^1].Number;
            }

            return _table;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Documents changed: their rows are read again.</summary>
    public async Task ReplaceAsync(IReadOnlyCollection<Guid> documents, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            foreach (var document in documents) _table.Remove(document);
            foreach (var row in await rows.GetAsync([.. documents.Select(d => d.ToString())], cancellationToken))
            {
                // Those that are still to be seen come with the others.
                if (row.Number <= _seen) Add(row);
            }

            if (!_table.IsMostlyDead) return;
            (_table, _seen) = (new VectorTable(dimensions), 0);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private void Add(VectorRow row)
    {
        if (row.DocumentId is { } document) _table.Add(Guid.Parse(document), row.Version, row.Ordinal, row.Vector);
    }
}
