using GitOpsPolicy.Test262;

return CommandLine.Run(args, Console.Out, Console.Error);
