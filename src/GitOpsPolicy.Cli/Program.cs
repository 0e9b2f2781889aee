using GitOpsPolicy.Cli;

using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupt.Cancel();
};

return await Application.RunAsync(args, Terminal.OfThisProcess(), interrupt.Token);
