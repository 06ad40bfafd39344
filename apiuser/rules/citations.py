"""Where rules and numbers come from."""

from functools import partial

from apiuser.rules.rule import Source

_READ = "2026-11-24"


def _cite(kind: str, title: str, url: str, certainty: str = "high") -> Source:
    return Source(title=title, kind=kind, certainty=certainty, url=url, date=_READ)


_official = partial(_cite, "official")
_guide = partial(_cite, "vendor")
_code = partial(_cite, "code")


def _help(title: str, url: str, certainty: str = "high") -> Source:
    return _official(f"Autotask help: {title}", url, certainty)


def _thread(
    repository: str, at: str, about: str = "", certainty: str = "high"
) -> Source:
    """Cite an issue or a pull request on GitHub, at issues/1 or pull/1."""
    name = at.replace("issues/", "issue ").replace("pull/", "pull request ")
    title = f"{repository}, {name}: {about}" if about else f"{repository}, {name}"
    return _code(title, f"https://github.com/{repository}/{at}", certainty)


HOW_TO = _guide(
    "Presh: How to create an API user in Autotask",
    "https://app.preshmarketingsolutions.com/help/integration/autotask-api-user",
)
WORKPLACE = _official(
    "Datto Workplace help: Create a PSA API user",
    "https://help.workplace.datto.com/help/Content/6_FAQs/Integrations/Create_PSA_API_User.htm",
)
ADD_EDIT = _help(
    "Add or edit an API user",
    "https://autotask.net/help/content/4_admin/1CompanySettings_Users/ResourcesUsersHR/Resources/API_User_Add_Edit.htm",
)
RESOURCE_SOAP = _official(
    "Autotask developer help: SOAP Resource entity",
    "https://autotask.net/help/developerhelp/Content/APIs/SOAP/Entities/ResourceEntity.htm",
    "medium",
)
RESOURCE_REST = _official(
    "Autotask developer help: REST Resources entity",
    "https://ww1.autotask.net/help/DeveloperHelp/Content/APIs/REST/Entities/ResourcesEntity.htm",
)
POLICY_2025_6 = _official(
    "Kaseya: strengthened Autotask password policy, release 2025.6",
    "https://www.kaseya.com/innovations/autotask-strengthened-password-policy/",
)
SITE_SETUP = _help(
    "Site Setup system settings",
    "https://ww1.autotask.net/help/content/4_Admin/2FeaturesSettings/ApplicationWide/SystemSettings/SystemSettingsSiteSetup.htm",
)
FIELD_LENGTHS = _code(
    "ecitsolutions/Autotask: Set-AtwsResource.ps1, lengths of the API's fields",
    "https://github.com/ecitsolutions/Autotask",
    "medium",
)
RESOURCES_PAGE = _help(
    "Resources",
    "https://autotask.net/help/content/4_admin/1CompanySettings_Users/ResourcesUsersHR/Resources/RESOURCES.htm",
)
GRID_EXPORT = _help(
    "Export button of the shared grid",
    "https://ww15.autotask.net/help/content/3_Features/3_CRM/Companies/Accessory_Tabs_Company/Projects_Tab.htm",
    "medium",
)
TRACKING = _code(
    "opendns/autotask-php: README", "https://github.com/opendns/autotask-php", "medium"
)
VENDOR_IDENTIFIER = _thread(
    "squaredup/plugins", "pull/127", "a vendor's own identifier", "medium"
)
IDENTIFIER = _help(
    "API tracking identifier",
    "https://ww1.autotask.net/help/Content/4_Admin/1CompanySettings_Users/ResourcesUsersHR/Resources/API_Tracking_Identifier.htm",
)
ADDED_RESOURCE = _help(
    "Add or edit a resource",
    "https://autotask.net/help/content/4_admin/1CompanySettings_Users/ResourcesUsersHR/Resources/ResourcesAddEdit.htm",
)
NOT_THE_EMAIL = _thread("squaredup/plugins", "pull/123")
INFERENCE = Source(
    title="Inferred from several sources", kind="inference", certainty="medium"
)
OURS = Source(title="Our own advice", kind="ours", certainty="high")

_HELP = "https://autotask.net/help/"
_RESOURCES = (
    f"{_HELP}content/4_admin/1CompanySettings_Users/ResourcesUsersHR/Resources/"
)


ACTIVATE = _help(
    "Activate or inactivate a resource", f"{_RESOURCES}ResourcesActivateInactivate.htm"
)
DEFINE_API_USER = _help(
    "Define an API user",
    "https://ww3.autotask.net/help/DeveloperHelp/Content/APIs/General/Define_API_User.htm",
)
INTEGRATION_CENTER = _help(
    "Integration Center",
    "https://ww2.autotask.net/help/content/4_Admin/5ExtensionsIntegrations/OtherExtensionsTools/Integration_Center.htm",
)
TENANT_TERMS = _help(
    "Import resources, list of terms",
    "https://ww1.autotask.net/help/Content/4_Admin/_UTILITIES_IMPORT/Resources_Import.htm",
    "medium",
)
LINE_OF_BUSINESS = _help(
    "Line of business and the security of resources",
    "https://ww5.autotask.net/help/content/4_Admin/1CompanySettings_Users/YourOrganization/LOB/Configure_Resource_Security_LOB.htm",
)
REST_SECURITY = _help(
    "REST security and authentication",
    "https://ww1.autotask.net/help/DeveloperHelp/Content/APIs/REST/General_Topics/REST_Security_Auth.htm",
)
ZONE_LOOKUP = _code(
    "apigrate/autotask-restapi: README", "https://github.com/apigrate/autotask-restapi"
)
API_ERRORS = _thread("KelvinTegelaar/AutotaskAPI", "issues/62")
API_PAGES = _code(
    "KelvinTegelaar/AutotaskAPI: Get-AutotaskAPIResource follows pages of 500 records",
    "https://github.com/KelvinTegelaar/AutotaskAPI",
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
POWERSHELL = _thread("KelvinTegelaar/AutotaskAPI", "issues/72", certainty="medium")
AXCIENT = _guide(
    "Axcient: Autotask PSA, Integrate Backup for Files",
    "https://axcient.helpjuice.com/en_US/PSA-Integrations/360046164454-Autotask-PSA-Integrate-Backup-for-Files",
    "medium",
)
ROCKETCYBER = _guide(
    "RocketCyber: Create an API user in Datto PSA (Autotask)",
    "https://help.rocketcyber.kaseya.com/help/Content/integrations-troubleshooting-faqs/create-an-api-user-in-datto-psa-autotask.html",
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
    "SaaS Alerts: Autotask integration",
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
SAMPLE_CODE = _thread(
    "AutotaskDevelopment/Sample-Code", "issues/2", "locked after wrong attempts"
)
W6W = _code("w6w connector for Autotask", "", "medium")
POSTMAN = _code("A public Postman guide to Autotask", "", "medium")
PY_AUTOTASK = _code(
    "asachs01/py-autotask: notes on new API users and on 401",
    "https://github.com/asachs01/py-autotask",
)
DJANGO_AUTOTASK = _code(
    "KerkhoffTechnologies/django-autotask",
    "https://github.com/KerkhoffTechnologies/django-autotask",
)
SECURITY_ROLE = _official(
    "Datto knowledge base: API user security role",
    "https://kb.datto.com/hc/en-us/articles/360028410732-Datto-Autotask-PSA-API-User-Security-Role",
)
APIGRATE_SECRET = _thread(
    "apigrate/autotask-restapi", "issues/19", "401 with a wrong secret"
)
BACKSLASH = _thread(
    "ecitsolutions/Autotask", "issues/10", "stray characters in the username"
)
THREAD_LIMITING = _official(
    "Autotask developer help: Thread limiting",
    "https://ww1.autotask.net/help/DeveloperHelp/Content/APIs/General/ThreadLimiting.htm",
)
PHP_ENDPOINT = _thread("opendns/autotask-php", "issues/71", "wrong product's address")
POWERSHELL_ZONE = _thread(
    "KelvinTegelaar/AutotaskAPI", "issues/17", "look-up fails for a valid user"
)
PHP_FIRST_QUERY = _thread("opendns/autotask-php", "issues/168", "first query fails")
PHP_CODE = _thread("opendns/autotask-php", "issues/174", "integration code")
ATWS_CODE = _thread("MattParr/python-atws", "issues/64", "integration code")
POWERSHELL_CODE_1 = _thread("ecitsolutions/Autotask", "issues/92", "integration code")
POWERSHELL_CODE_2 = _thread("ecitsolutions/Autotask", "issues/104", "integration code")
AKAB = _code("akab, status endpoint", "")
POWERSHELL_VERSION = _thread("KelvinTegelaar/AutotaskAPI", "pull/76", "version 1.0")
CAMPAI = _thread(
    "campai-bv/autotask-dashboards-os", "issues/81", "locked by an old password"
)
N8N_AUTOTASK = _code(
    "msoukhomlinov/n8n-nodes-autotask",
    "https://github.com/msoukhomlinov/n8n-nodes-autotask",
)
ENV_CHECK = _code("A public script that checks an environment for Autotask", "")
POWERSHELL_ZONES = _thread("KelvinTegelaar/AutotaskAPI", "issues/67", "missing zones")
N8N_ZONE = _code(
    "n8n-nodes-autotask, issue 1: missing zones",
    "https://github.com/msoukhomlinov/n8n-nodes-autotask/issues/1",
)
CLOUDDEPOT_LIMITS = _guide(
    "Cloud Depot: Understanding Autotask API limits",
    "https://kb.clouddepot.com/knowledge/understanding-autotask-api-limits",
)
API_THRESHOLD = _guide(
    "MSPintegrations: Autotask API threshold",
    "https://docs.mspintegrations.com/documentation/integrations/autotask/api-threshold",
)
N8N_THREADS = _code(
    "n8n-nodes-autotask, issue 4: threads",
    "https://github.com/msoukhomlinov/n8n-nodes-autotask/issues/4",
)
N8N_THREAD_ERRORS = _code(
    "n8n-nodes-autotask, pull request 107: threads",
    "https://github.com/msoukhomlinov/n8n-nodes-autotask/pull/107",
)
AUTOTASK_MCP = _thread("WYRE-AI/autotask-mcp", "issues/69", "limits", "low")
SETTINGS_WSAPI = _help(
    "Security settings of the web services API",
    f"{_HELP}content/4_admin/1CompanySettings_Users/ResourcesUsersHR/Security/Settings_WSAPI.htm",
)
IMPERSONATION = _thread("WYRE-AI/autotask-mcp", "pull/259", "impersonation")
DESKDIRECTOR = _guide(
    "DeskDirector: impersonation in Autotask",
    "https://help.deskdirector.com/article/t9kjzfu4mu",
)
N8N_ZONE_MOVED = _code(
    "n8n-nodes-autotask, issue 51: the tenant moved to another zone",
    "https://github.com/msoukhomlinov/n8n-nodes-autotask/issues/51",
)
MCP_ZONE_MOVED = _thread(
    "WYRE-AI/autotask-mcp", "pull/240", "the tenant moved to another zone"
)
USERNAME_DOMAIN = _official(
    "Datto knowledge base: usernames, their domain and lock-outs",
    "https://kb.datto.com/hc/en-us/articles/360037172012",
)
CUSTOM_LEVEL = _help(
    "Create or edit a custom security level",
    "https://psa.datto.com/help/Content/4_Admin/1CompanySettings_Users/ResourcesUsersHR/Security/Create_Edit_Custom_Security_Level.htm",
)
SOAP_BEST_PRACTICES = _help(
    "SOAP API best practices",
    "https://ww2.autotask.net/help/DeveloperHelp/Content/APIs/SOAP/General_Topics/SOAP_BestPractices.htm",
)
KASEYA_ONE = _help(
    "KaseyaOne",
    "https://ww15.autotask.net/help/content/4_Admin/5ExtensionsIntegrations/Kaseya/Kaseya_One_Integration.htm",
)
SOAP_REQUIREMENTS = _help(
    "SOAP API requirements",
    "https://ww1.autotask.net/help/DeveloperHelp/Content/APIs/SOAP/General_Topics/SOAP_Requirements.htm",
)
SHEET_LIMITS = _guide(
    "Microsoft support: limits of Excel's sheets and workbooks, in Czech",
    "https://support.microsoft.com/cs-cz/office/limity-excelov%C3%BDch-list%C5%AF-a-se%C5%A1it%C5%AF-c13798fc-f1d5-4e73-998d-c02268bc65ae",
)._replace(date="2026-11-28")
OLD_SHEET_LIMITS = _guide(
    "Microsoft Learn: Excel Rendering Limitations, of old workbooks",
    "https://learn.microsoft.com/en-us/previous-versions/sql/sql-server-2005/ms156418%28v=sql.90%29",
)._replace(date="2026-11-28")
