// Every test starts processes and times them: side by side they would only slow each other down.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
