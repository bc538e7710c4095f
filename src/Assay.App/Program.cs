using Assay.App.Cli;

return await CommandLine.RunAsync(args);
