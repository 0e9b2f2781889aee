using GitOpsPolicy.Load.Scenarios;
using GitOpsPolicy.Load.Serving;

// `dotnet run -c Release --project tests/GitOpsPolicy.Load -- VERB`; docs/operations/load.md tells what the figures mean.
if (args is ["bare", var port, var certificates])
    return await BareServer.RunAsync(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), certificates);
return await Scenario.RunAsync(args);
