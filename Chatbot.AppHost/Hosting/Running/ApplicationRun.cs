using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>Starts the resources of a model as they wait for each other, watches them, and stops them. One start each.</summary>
internal sealed class ApplicationRun(
    DistributedApplicationOptions options, DistributedApplicationExecutionContext executionContext,
    IReadOnlyList<IResource> resources, string applicationName)
{
    private readonly RunOutput _output = new(options.Output);
    private readonly Lock _lock = new();
    private readonly List<(IResource Resource, ResourceProcess Process)> _processes = [];
    private readonly Dictionary<IResource, ResourceState> _states = [];
    private IReadOnlyDictionary<IResource, int> _depths = new Dictionary<IResource, int>();
    private ContainerEngine? _engine;

    /// <summary>Returns when everything is started and, where it can be asked, healthy.</summary>
    /// <exception cref="DistributedApplicationException">The first fault; everything was stopped again.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var started = resources.Where(IsStarted).ToList();
        _depths = StartOrder.Depths(started);
        foreach (var resource in started)
            _states[resource] = new ResourceState();

        DevelopmentCertificate.RequireForHttps(resources, _output);
        PortAllocation.Allocate(resources); // Also of those that start later: others refer to them now.
        if (started.OfType<ContainerResource>().ToList() is { Count: > 0 } containers)
            _engine = await ContainerEngine.FindAsync(options.SearchPath, applicationName, containers, cancellationToken);

        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        DistributedApplicationException? fault = null;
        await Task.WhenAll(started.Select(async resource =>
        {
            try
            {
                await StartAsync(resource, failed.Token);
            }
            catch (OperationCanceledException) when (failed.IsCancellationRequested)
            {
                // Another one failed, or a stop was asked for: said below.
            }
            catch (DistributedApplicationException error)
            {
                Interlocked.CompareExchange(ref fault, error, null);
                await failed.CancelAsync();
            }
        }));

        if (fault is not null || cancellationToken.IsCancellationRequested)
            await StopAsync(CancellationToken.None);
        if (fault is not null)
            throw new DistributedApplicationException(fault.Message, fault);
        cancellationToken.ThrowIfCancellationRequested();
        AnnounceUrls(started);
    }

    /// <summary>Returns when all processes have ended by themselves.</summary>
    /// <returns>Whether all exit codes were 0.</returns>
    public async Task<bool> WaitForEndAsync(CancellationToken cancellationToken)
    {
        var codes = await Task.WhenAll(Processes().Select(async running =>
        {
            var code = await running.Process.Exit.WaitAsync(cancellationToken);
            _output.Line(running.Process.Name, $"ended with exit code {code}.");
            return code;
        }));
        return codes.All(code => code == 0);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Those that wait for others end first: they may still need them while they end.
        foreach (var group in Processes().GroupBy(p => _depths.GetValueOrDefault(p.Resource)).OrderByDescending(g => g.Key))
            await Task.WhenAll(group.Select(p => StopAsync(p.Resource, p.Process, cancellationToken)));

        if (Interlocked.Exchange(ref _engine, null) is { } engine)
            await engine.ExecuteAsync(["network", "rm", engine.Network], null, cancellationToken);
    }

    private bool IsStarted(IResource resource)
    {
        if (resource is not (ContainerResource or ProjectResource or ExecutableResource))
            return false;
        if (resource.Annotations.Last<ExplicitStartAnnotation>() is null)
            return true;
        _output.Line(resource.Name, "is not started: it asks for an explicit start.");
        return false;
    }

    private async Task StartAsync(IResource resource, CancellationToken cancellationToken)
    {
        foreach (var wait in resource.Annotations.OfType<WaitAnnotation>())
            await WaitAsync(resource, wait, cancellationToken);

        var state = _states[resource];
        var replicas = resource.Annotations.Last<ReplicaAnnotation>()?.Replicas ?? 1;
        var processes = new List<ResourceProcess>();
        for (var replica = 0; replica < replicas; replica++)
            processes.Add(await StartAsync(resource, replica, replicas, cancellationToken));
        state.Started.TrySetResult();
        _ = CompleteAsync(state, processes);

        if (resource is IResourceWithEndpoints endpoints && HealthChecks.Any(resource))
            await Task.WhenAll(processes.Select((process, replica) => BecomeHealthyAsync(endpoints, process, replica, cancellationToken)));
        await GetReadyAsync(resource, cancellationToken);
        state.Healthy.TrySetResult();
    }

    private async Task<ResourceProcess> StartAsync(IResource resource, int replica, int replicas, CancellationToken cancellationToken)
    {
        var command = resource is ContainerResource container
            ? await ContainerCommands.CreateAsync(container, _engine!, executionContext, cancellationToken)
            : await ProcessCommands.CreateAsync(resource, replica, executionContext, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var process = ResourceProcess.Start(replicas == 1 ? resource.Name : $"{resource.Name}/{replica + 1}", command, _output);
            _processes.Add((resource, process));
            return process;
        }
    }

    private async Task WaitAsync(IResource resource, WaitAnnotation wait, CancellationToken cancellationToken)
    {
        if (wait.Dependency is ParameterResource)
            return;
        if (!_states.TryGetValue(StartOrder.Started(wait.Dependency), out var state))
            throw new DistributedApplicationException($"'{resource.Name}' waits for '{wait.Dependency.Name}', which is not started.");

        switch (wait.Kind)
        {
            case WaitKind.Started:
                await state.Started.Task.WaitAsync(cancellationToken);
                break;
            case WaitKind.Healthy:
                await state.Healthy.Task.WaitAsync(cancellationToken);
                break;
            default:
                if (await state.Completed.Task.WaitAsync(cancellationToken) is var code && code != wait.ExitCode)
                    throw new DistributedApplicationException(
                        $"'{resource.Name}' waits for '{wait.Dependency.Name}' to end with {wait.ExitCode}, but it ended with {code}.");
                break;
        }
    }

    private async Task BecomeHealthyAsync(IResourceWithEndpoints resource, ResourceProcess process, int replica, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.StartTimeout);
        var healthy = HealthChecks.WaitAsync(resource, replica, limit.Token);
        await Task.WhenAny(healthy, process.Exit);
        if (!healthy.IsCompletedSuccessfully && process.Exit.IsCompleted && !process.IsStopping)
            throw new DistributedApplicationException(
                $"{process.Name} ended with exit code {await process.Exit} before it was healthy. Its last words are above.");
        try
        {
            await healthy;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DistributedApplicationException(
                $"{process.Name} did not become healthy within {options.StartTimeout.TotalSeconds:0} s.");
        }
    }

    private async Task GetReadyAsync(IResource resource, CancellationToken cancellationToken)
    {
        if (resource is not ContainerResource container)
            return;
        foreach (var command in resource.Annotations.OfType<ReadyCommandAnnotation>())
            if (await ContainerCommands.ExecuteAsync(container, command, _engine!, cancellationToken) is (not 0, var output))
                throw new DistributedApplicationException($"{resource.Name} is up, but '{string.Join(' ', command.Command)}' failed in it: {output.Trim()}");
    }

    private static async Task CompleteAsync(ResourceState state, List<ResourceProcess> processes)
    {
        var codes = await Task.WhenAll(processes.Select(process => process.Exit));
        state.Completed.TrySetResult(codes.FirstOrDefault(code => code != 0));
    }

    private async Task StopAsync(IResource resource, ResourceProcess process, CancellationToken cancellationToken)
    {
        await process.StopAsync(options.StopTimeout, cancellationToken);
        if (resource is ContainerResource container && _engine is { } engine)
            await ContainerCommands.RemoveAsync(container, engine, cancellationToken);
    }

    private void AnnounceUrls(IEnumerable<IResource> started)
    {
        foreach (var resource in started.OfType<IResourceWithEndpoints>())
            foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.IsExternal))
                _output.Line(resource.Name, $"is ready: {new EndpointReference(resource, endpoint.Name).LocalUrl(0)}");
        _output.Line("Everything runs. Ctrl-C stops it.");
    }

    private List<(IResource Resource, ResourceProcess Process)> Processes()
    {
        lock (_lock)
            return [.. _processes];
    }
}
