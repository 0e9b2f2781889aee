namespace GitOpsPolicy.Knowledge.Secrets;

/// <summary>
/// Tokens whose structure gives them away: issuers' documented prefixes, lengths and alphabets. Tokens that can only be told by
/// what stands around them are not here; names and shapes (<see cref="SecretNames"/>) are for those.
/// </summary>
internal static class DetectorTable
{
    private const string Hex = "[a-f0-9]";
    private const string Alphanumeric = "[A-Za-z0-9]";
    private const string Base64 = "[A-Za-z0-9+/]";

    /// <summary>All detectors, by issuer.</summary>
    public static readonly Detector[] All =
    [
        // Clouds
        new("aws-access-key-id", "an AWS access key id", ["AKIA", "ASIA", "ABIA", "ACCA"], "[A-Z2-7]{16}"),
        new("aws-bedrock-key", "an Amazon Bedrock API key", ["ABSK"], Base64 + "{100,280}"),
        new("gcp-api-key", "a Google API key", ["AIza"], @"[\w-]{35}"),
        new("gcp-oauth-client-secret", "a Google OAuth client secret", ["GOCSPX-"], @"[\w-]{28}"),
        new("gcp-access-token", "a Google access token", ["ya29."], @"[\w-]{60,}"),
        new("azure-client-secret", "a Microsoft Entra client secret", ["0Q~", "1Q~", "2Q~", "3Q~", "4Q~", "5Q~", "6Q~", "7Q~", "8Q~", "9Q~"], @"[\w~.-]{31,34}", Head: @"[\w~.]{3}"),
        new("azure-storage-key", "an Azure storage account key", ["AccountKey="], Base64 + "{86}=="),
        new("azure-storage-key", "an Azure storage account key", ["+ASt"], Base64 + "{6}==", Head: Base64 + "{76}"),
        new("azure-service-bus-key", "an Azure Service Bus key", ["+ASb"], Base64 + "{6}=", Head: Base64 + "{33}"),
        new("azure-event-hub-key", "an Azure Event Hubs key", ["+AEh"], Base64 + "{6}=", Head: Base64 + "{33}"),
        new("azure-cosmos-key", "an Azure Cosmos DB key", ["ACDb"], Base64 + "{6}==", Head: Base64 + "{76}"),
        new("azure-container-registry-key", "an Azure container registry password", ["+ACR"], Alphanumeric + "{6}", Head: Base64 + "{42}"),
        new("azure-shared-access-key", "an Azure shared access key", ["SharedAccessKey="], Base64 + "{43}="),
        new("alibaba-access-key-id", "an Alibaba Cloud access key id", ["LTAI"], Alphanumeric + "{20}"),
        new("digitalocean-token", "a DigitalOcean token", ["dop_v1_", "doo_v1_", "dor_v1_"], Hex + "{64}"),
        new("yandex-api-key", "a Yandex Cloud API key", ["AQVN"], @"[\w-]{35,38}"),
        new("cloudflare-origin-ca-key", "a Cloudflare origin CA key", ["v1.0-"], Hex + "{24}-" + Hex + "{146}"),
        new("fly-token", "a Fly.io access token", ["fo1_"], @"[\w-]{43}"),
        new("fly-macaroon", "a Fly.io access token", ["fm1a_", "fm1r_", "fm2_"], Base64 + "{100,}"),
        new("heroku-token", "a Heroku API key", ["HRKU-AA"], @"[\w-]{58}"),
        new("scalingo-token", "a Scalingo token", ["tk-us-"], @"[\w-]{48}"),
        new("supabase-token", "a Supabase access token", ["sbp_"], Hex + "{40}"),
        new("neon-api-key", "a Neon API key", ["napi_"], "[a-z0-9]{64}"),
        new("planetscale-token", "a PlanetScale credential", ["pscale_tkn_", "pscale_pw_", "pscale_oauth_"], @"[\w=.-]{32,64}"),

        // Source hosts and registries
        new("github-token", "a GitHub token", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], Alphanumeric + "{36}"),
        new("github-fine-grained-token", "a GitHub fine-grained token", ["github_pat_"], @"[\w]{82}"),
        new("gitlab-token", "a GitLab token", ["glpat-", "gldt-", "glrt-", "glft-", "glsoat-", "glffct-", "GR1348941"], @"[\w-]{20}"),
        new("gitlab-routable-token", "a GitLab token", ["glpat-", "glrt-"], @"[\w-]{27,300}.[a-z0-9]{9}"),
        new("gitlab-ci-token", "a GitLab CI job token", ["glcbt-"], Alphanumeric + @"{1,5}_[\w-]{20}"),
        new("gitlab-trigger-token", "a GitLab pipeline trigger token", ["glptt-"], Hex + "{40}"),
        new("gitlab-agent-token", "a GitLab agent token", ["glagent-"], @"[\w-]{50}"),
        new("gitlab-oauth-secret", "a GitLab OAuth secret", ["gloas-"], @"[\w-]{64}"),
        new("gitlab-mail-token", "a GitLab incoming mail token", ["glimt-"], @"[\w-]{25}"),
        new("atlassian-token", "an Atlassian API token", ["ATATT3"], @"[\w=-]{180,200}"),
        new("docker-token", "a Docker Hub access token", ["dckr_pat_", "dckr_oat_"], @"[\w-]{27,32}"),
        new("artifactory-api-key", "an Artifactory API key", ["AKCp"], Alphanumeric + "{69}"),
        new("artifactory-reference-token", "an Artifactory reference token", ["cmVmd"], Alphanumeric + "{59}"),
        new("npm-token", "an npm access token", ["npm_"], Alphanumeric + "{36}"),
        new("pypi-token", "a PyPI token", ["pypi-AgEIcHlwaS5vcmc", "pypi-AgENdGVzdC5weXBpLm9yZ"], @"[\w-]{50,1000}"),
        new("rubygems-token", "a RubyGems API key", ["rubygems_"], Hex + "{48}"),
        new("nuget-key", "a NuGet API key", ["oy2"], "[a-z0-9]{43}"),
        new("clojars-token", "a Clojars token", ["CLOJARS_"], "[a-z0-9]{60}"),
        new("sourcegraph-token", "a Sourcegraph access token", ["sgp_"], "[a-fA-F0-9]{40}"),
        new("sonar-token", "a SonarQube token", ["squ_", "sqp_", "sqa_"], Hex + "{40}"),

        // Infrastructure tools
        new("terraform-cloud-token", "an HCP Terraform token", [".atlasv1."], @"[\w=-]{60,70}", Head: "[A-Za-z0-9]{14}"),
        new("vault-service-token", "a Vault service token", ["hvs."], @"[\w-]{90,120}"),
        new("vault-batch-token", "a Vault batch token", ["hvb."], @"[\w-]{138,300}"),
        new("vault-recovery-token", "a Vault recovery token", ["hvr."], @"[\w-]{24,120}"),
        new("pulumi-token", "a Pulumi access token", ["pul-"], Hex + "{40}"),
        new("databricks-token", "a Databricks token", ["dapi"], Hex + "{32}"),
        new("doppler-token", "a Doppler token", ["dp.pt.", "dp.ct.", "dp.sa.", "dp.scim."], Alphanumeric + "{40,44}"),
        new("harness-token", "a Harness token", ["pat.", "sat."], @"[\w-]{22}.[a-f0-9]{24}.[A-Za-z0-9]{20}"),
        new("infracost-key", "an Infracost API key", ["ico-"], Alphanumeric + "{32}"),
        new("onepassword-service-token", "a 1Password service account token", ["ops_eyJ"], Base64 + "{250,}"),
        new("openshift-token", "an OpenShift user token", ["sha256~"], @"[\w-]{43}"),
        new("prefect-token", "a Prefect API token", ["pnu_"], "[a-z0-9]{36}"),
        new("tailscale-key", "a Tailscale key", ["tskey-auth-", "tskey-api-", "tskey-client-", "tskey-webhook-", "tskey-scim-"], Alphanumeric + "{8,24}-" + Alphanumeric + "{20,48}"),
        new("age-secret-key", "an age secret key", ["AGE-SECRET-KEY-1"], "[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}"),
        new("buildkite-token", "a Buildkite token", ["bkua_"], Hex + "{40}"),
        new("circleci-token", "a CircleCI token", ["CCIPAT_", "CCIPRJ_"], Alphanumeric + "{22}_" + Hex + "{40}"),
        new("octopus-api-key", "an Octopus Deploy API key", ["OCTOPUS_API_KEY=API-"], "[A-Z0-9]{26}"),

        // Observability
        new("grafana-service-token", "a Grafana service account token", ["glsa_"], Alphanumeric + "{32}_[A-Fa-f0-9]{8}"),
        new("grafana-cloud-token", "a Grafana Cloud token", ["glc_"], Base64 + "{32,400}={0,3}"),
        new("grafana-api-key", "a Grafana API key", ["eyJrIjoi"], Alphanumeric + "{60,400}={0,3}"),
        new("dynatrace-token", "a Dynatrace token", ["dt0c01.", "dt0s16.", "dt0s01."], "[A-Z0-9]{24}.[A-Z0-9]{64}"),
        new("newrelic-user-key", "a New Relic user key", ["NRAK-"], "[A-Z0-9]{27}"),
        new("newrelic-insert-key", "a New Relic insert key", ["NRII-"], "[A-Za-z0-9-]{32}"),
        new("sentry-org-token", "a Sentry organisation token", ["sntrys_"], @"[\w+/=-]{80,400}"),
        new("sentry-user-token", "a Sentry user token", ["sntryu_"], Hex + "{64}"),
        new("posthog-key", "a PostHog personal key", ["phx_"], Alphanumeric + "{43,47}"),

        // Chat and mail
        new("slack-token", "a Slack token", ["xoxb-", "xoxp-", "xoxa-", "xoxe-", "xoxo-", "xoxr-", "xoxs-"], "[A-Za-z0-9-]{20,255}"),
        new("slack-app-token", "a Slack app token", ["xapp-"], "[0-9]-[A-Z0-9]{8,14}-[0-9]{8,16}-" + Hex + "{40,80}"),
        new("slack-webhook", "a Slack webhook", ["hooks.slack.com/services/"], "T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/" + Alphanumeric + "{20,26}"),
        new("slack-workflow-webhook", "a Slack workflow webhook", ["hooks.slack.com/workflows/", "hooks.slack.com/triggers/"], @"[\w/]{40,100}"),
        new("teams-webhook", "a Microsoft Teams webhook", [".webhook.office.com/webhookb2/"], @"[\w@-]{60,90}/IncomingWebhook/[a-f0-9]{32}/[\w-]{30,60}", Head: "[a-z0-9-]{1,63}"),
        new("discord-webhook", "a Discord webhook", ["discord.com/api/webhooks/", "discordapp.com/api/webhooks/"], @"[0-9]{17,20}/[\w-]{60,70}"),
        new("telegram-bot-token", "a Telegram bot token", [":AA"], @"[\w-]{33}", Head: "[0-9]{8,10}"),
        new("sendgrid-key", "a SendGrid API key", ["SG."], @"[\w-]{22}.[\w-]{43}"),
        new("brevo-key", "a Brevo API key", ["xkeysib-"], Hex + "{64}-[A-Za-z0-9]{16}"),

        // Payment and commerce
        new("stripe-key", "a Stripe key", ["sk_live_", "rk_live_", "sk_test_", "rk_test_"], Alphanumeric + "{24,247}"),
        new("stripe-webhook-secret", "a Stripe webhook secret", ["whsec_"], @"[A-Za-z0-9+/]{32,64}"),
        new("square-token", "a Square token", ["sq0atp-"], @"[\w-]{22}"),
        new("square-secret", "a Square secret", ["sq0csp-"], @"[\w-]{43}"),
        new("shopify-token", "a Shopify token", ["shpat_", "shpca_", "shppa_", "shpss_"], "[a-fA-F0-9]{32}"),
        new("shippo-token", "a Shippo token", ["shippo_live_", "shippo_test_"], Hex + "{40}"),
        new("easypost-key", "an EasyPost API key", ["EZAK", "EZTK"], Alphanumeric + "{54}"),
        new("duffel-token", "a Duffel token", ["duffel_live_", "duffel_test_"], @"[\w=-]{43}"),
        new("flutterwave-key", "a Flutterwave secret key", ["FLWSECK-", "FLWSECK_TEST-"], "[a-z0-9]{32}-X"),

        // Models and data
        new("openai-key", "an OpenAI key", ["T3BlbkFJ"], @"[\w-]{20,80}", Head: @"[\w-]{20,200}"),
        new("anthropic-key", "an Anthropic key", ["sk-ant-api03-", "sk-ant-admin01-"], @"[\w-]{95}"),
        new("huggingface-token", "a Hugging Face token", ["hf_", "api_org_"], "[A-Za-z0-9]{34}"),
        new("groq-key", "a Groq key", ["gsk_"], Alphanumeric + "{52}"),
        new("xai-key", "an xAI key", ["xai-"], Alphanumeric + "{80}"),
        new("perplexity-key", "a Perplexity key", ["pplx-"], Alphanumeric + "{48}"),
        new("replicate-token", "a Replicate token", ["r8_"], Alphanumeric + "{37}"),
        new("nvidia-key", "an NVIDIA API key", ["nvapi-"], @"[\w-]{64}"),
        new("langsmith-key", "a LangSmith key", ["lsv2_pt_", "lsv2_sk_"], Hex + "{32}_" + Hex + "{10}"),
        new("pinecone-key", "a Pinecone key", ["pcsk_"], Alphanumeric + "{5,6}_" + Alphanumeric + "{63}"),

        // Other services
        new("postman-key", "a Postman API key", ["PMAK-"], Hex + "{24}-" + Hex + "{34}"),
        new("linear-key", "a Linear API key", ["lin_api_"], Alphanumeric + "{40}"),
        new("notion-token", "a Notion token", ["ntn_"], "[0-9]{11}" + Alphanumeric + "{35}"),
        new("figma-token", "a Figma token", ["figd_"], @"[\w-]{40}"),
        new("contentful-token", "a Contentful token", ["CFPAT-"], @"[\w-]{43}"),
        new("typeform-token", "a Typeform token", ["tfp_"], @"[\w.=-]{59}"),
        new("frameio-token", "a Frame.io token", ["fio-u-"], @"[\w=-]{64}"),
        new("maxmind-key", "a MaxMind licence key", ["_mmk"], "", Head: "[A-Za-z0-9]{6}_[A-Za-z0-9]{29}"),
        new("mapbox-secret-token", "a Mapbox secret token", ["sk.eyJ"], @"[\w-]{40,200}.[\w-]{20,30}"),
    ];
}
