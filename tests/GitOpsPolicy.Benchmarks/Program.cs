using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using GitOpsPolicy.Benchmarks;

// `ratios` compares evaluation with hand-written checks, `memory` tells what a loaded rule keeps, `commands` measures the
// published program as a whole; everything else is BenchmarkDotNet's.
switch (args)
{
    case ["ratios", ..]:
        return await EvaluationRatios.RunAsync(args[1..]);
    case ["memory"]:
        return MemoryPerRule.Run();
    case ["commands", ..]:
        return await CommandBenchmarks.RunAsync(args[1..]);
    default:
        break;
}

var config = DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .WithOptions(ConfigOptions.DisableLogFile);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args is [] ? ["--filter", "*"] : args, config);
return 0;
