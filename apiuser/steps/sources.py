"""Sources of the statements that no rule rests on."""

from apiuser.rules import Source

_READ = "2026-11-24"
_HELP = "https://autotask.net/help/"
_RESOURCES = (
    f"{_HELP}content/4_admin/1CompanySettings_Users/ResourcesUsersHR/Resources/"
)


def _official(title: str, url: str, certainty: str = "high") -> Source:
    return Source(
        title=f"Autotask help: {title}",
        kind="official",
        certainty=certainty,
        url=url,
        date=_READ,
    )


def _guide(title: str, url: str, certainty: str = "high") -> Source:
    return Source(title=title, kind="vendor", certainty=certainty, url=url, date=_READ)


def _code(title: str, url: str, certainty: str = "high") -> Source:
    return Source(title=title, kind="code", certainty=certainty, url=url, date=_READ)


ACTIVATE = _official(
    "Activate or inactivate a resource", f"{_RESOURCES}ResourcesActivateInactivate.htm"
)
DEFINE_API_USER = _official(
    "Define an API user",
    "https://ww3.autotask.net/help/DeveloperHelp/Content/APIs/General/Define_API_User.htm",
)
INTEGRATION_CENTER = _official(
    "Integration Center",
    "https://ww2.autotask.net/help/content/4_Admin/5ExtensionsIntegrations/OtherExtensionsTools/Integration_Center.htm",
)
TENANT_TERMS = _official(
    "Import resources, list of terms",
    "https://ww1.autotask.net/help/Content/4_Admin/_UTILITIES_IMPORT/Resources_Import.htm",
    "medium",
)
LINE_OF_BUSINESS = _official(
    "Line of business and the security of resources",
    "https://ww5.autotask.net/help/content/4_Admin/1CompanySettings_Users/YourOrganization/LOB/Configure_Resource_Security_LOB.htm",
)
REST_SECURITY = _official(
    "REST security and authentication",
    "https://ww1.autotask.net/help/DeveloperHelp/Content/APIs/REST/General_Topics/REST_Security_Auth.htm",
)
ZONE_LOOKUP = _code(
    "apigrate/autotask-restapi: README", "https://github.com/apigrate/autotask-restapi"
)
API_ERRORS = _code(
    "KelvinTegelaar/AutotaskAPI, issue 62",
    "https://github.com/KelvinTegelaar/AutotaskAPI/issues/62",
)
PUBLIC_KEY = _code(
    "asachs01/py-autotask: DIAGNOSTIC_REPORT.md",
    "https://github.com/asachs01/py-autotask",
    "medium",
)
FIELD_CHOICES = _code(
    "ecitsolutions/Autotask: Get-AtwsResource, choices of one tenant",
    "https://github.com/ecitsolutions/Autotask",
    "medium",
)
MSP360 = _guide(
    "MSP360: Create an API user",
    "https://help.mspbackups.com/integrations/autotask-integration/create-api-user",
)
CLOUD_DEPOT = _guide(
    "Cloud Depot: Autotask API user credentials",
    "https://kb.clouddepot.com/knowledge/autotask-api-user-credentials",
)
IT_GLUE = _guide(
    "IT Glue: Create an integrator resource",
    "https://help.itglue.kaseya.com/help/Content/1-admin/psa-integrations/creating-an-integrator-resource-in-autotask.html",
)
TIMEZEST = _guide(
    "TimeZest: Create an API user for Autotask",
    "https://help.timezest.com/en/articles/4840563-step-2-creating-an-api-user-for-autotask",
)
TIMEZEST_ROTATION = _guide(
    "TimeZest: Rotate your Autotask credentials",
    "https://help.timezest.com/en/articles/6193043-rotating-your-autotask-credentials",
)
ZENCONTRACT_ROTATION = _guide(
    "ZenContract: Rotate Autotask API keys",
    "https://zencontract.zendesk.com/hc/en-us/articles/26551293428505-Rotate-Autotask-API-Keys",
)
LOCKOUT = _guide(
    "MSPintegrations: article 602, locked API users",
    "https://kb.mspintegrations.com/permalink/602",
)
GRADIENT = _guide(
    "Gradient: Autotask integration",
    "https://support.meetgradient.com/autotask-integration",
)
IDSYNC = _guide(
    "IDSync: Autotask API user setup",
    "https://idsync.atlassian.net/wiki/spaces/AC/pages/2193850369/Autotask+API+User+Setup",
)
CYTRACOM = _guide(
    "Cytracom: Datto Autotask",
    "https://help.cytracom.com/hc/en-us/articles/360044680112-Datto-Autotask",
)
CEO_JUICE = _guide(
    "CEO Juice: Create an API user in Autotask",
    "https://support.ceojuice.com/hc/en-us/articles/360059627252-Creating-an-API-User-in-Autotask",
)
LOCATION_GUIDES = _guide(
    "SaaS Alerts: Autotask integration, and guides of IDSync, Password Boss and Axcient",
    "https://help.saasalerts.kaseya.com/help/Content/Integrations/autotask-integration.htm",
    "medium",
)
UNIGMA = _guide(
    "Kaseya helpdesk: Unigma and Autotask",
    "https://helpdesk.kaseya.com/hc/en-gb/articles/115002521531",
)
NABLE_RMM = _guide(
    "N-able RMM: Autotask login",
    "https://documentation.solarwindsmsp.com/remote-management/helpcontents/autotask_configure_login.htm",
    "medium",
)
