using Assay.Benchmarks;
using BenchmarkDotNet.Running;

if (args is ["load", .. var rest])
{
    return EngineLoad.Run(rest);
}

BenchmarkSwitcher.FromAssembly(typeof(BenchmarkSettings).Assembly).Run(args, BenchmarkSettings.Create());
return 0;
