"""Where rules and numbers come from."""

from apiuser.rules import Source

_READ = "2026-11-24"

HOW_TO = Source(
    title="Presh: How to create an API user in Autotask",
    kind="vendor",
    certainty="high",
    url="https://app.preshmarketingsolutions.com/help/integration/autotask-api-user",
    date=_READ,
)
WORKPLACE = Source(
    title="Datto Workplace help: Create a PSA API user",
    kind="official",
    certainty="high",
    url="https://help.workplace.datto.com/help/Content/6_FAQs/Integrations/Create_PSA_API_User.htm",
    date=_READ,
)
ADD_EDIT = Source(
    title="Autotask help: Add or edit an API user",
    kind="official",
    certainty="high",
    url="https://autotask.net/help/content/4_admin/1CompanySettings_Users/ResourcesUsersHR/Resources/API_User_Add_Edit.htm",
    date=_READ,
)
RESOURCE_SOAP = Source(
    title="Autotask developer help: SOAP Resource entity",
    kind="official",
    certainty="medium",
    url="https://autotask.net/help/developerhelp/Content/APIs/SOAP/Entities/ResourceEntity.htm",
    date=_READ,
)
RESOURCE_REST = Source(
    title="Autotask developer help: REST Resources entity",
    kind="official",
    certainty="high",
    url="https://ww1.autotask.net/help/DeveloperHelp/Content/APIs/REST/Entities/ResourcesEntity.htm",
    date=_READ,
)
POLICY_2025_6 = Source(
    title="Kaseya: strengthened Autotask password policy, release 2025.6",
    kind="official",
    certainty="high",
    url="https://www.kaseya.com/innovations/autotask-strengthened-password-policy/",
    date=_READ,
)
SITE_SETUP = Source(
    title="Autotask help: Site Setup system settings",
    kind="official",
    certainty="high",
    url="https://ww1.autotask.net/help/content/4_Admin/2FeaturesSettings/ApplicationWide/SystemSettings/SystemSettingsSiteSetup.htm",
    date=_READ,
)
FIELD_LENGTHS = Source(
    title="ecitsolutions/Autotask: Set-AtwsResource.ps1, lengths of the API's fields",
    kind="code",
    certainty="medium",
    url="https://github.com/ecitsolutions/Autotask",
    date=_READ,
)
RESOURCES_PAGE = Source(
    title="Autotask help: Resources",
    kind="official",
    certainty="high",
    url="https://autotask.net/help/content/4_admin/1CompanySettings_Users/ResourcesUsersHR/Resources/RESOURCES.htm",
    date=_READ,
)
GRID_EXPORT = Source(
    title="Autotask help: Export button of the shared grid",
    kind="official",
    certainty="medium",
    url="https://ww15.autotask.net/help/content/3_Features/3_CRM/Companies/Accessory_Tabs_Company/Projects_Tab.htm",
    date=_READ,
)
TRACKING = Source(
    title="opendns/autotask-php: README",
    kind="code",
    certainty="medium",
    url="https://github.com/opendns/autotask-php",
    date=_READ,
)
IDENTIFIER = Source(
    title="Autotask help: API tracking identifier",
    kind="official",
    certainty="high",
    url="https://ww1.autotask.net/help/Content/4_Admin/1CompanySettings_Users/ResourcesUsersHR/Resources/API_Tracking_Identifier.htm",
    date=_READ,
)
ADDED_RESOURCE = Source(
    title="Autotask help: Add or edit a resource",
    kind="official",
    certainty="high",
    url="https://autotask.net/help/content/4_admin/1CompanySettings_Users/ResourcesUsersHR/Resources/ResourcesAddEdit.htm",
    date=_READ,
)
MSP360 = Source(
    title="MSP360: Create an API user",
    kind="vendor",
    certainty="high",
    url="https://help.mspbackups.com/integrations/autotask-integration/create-api-user",
    date=_READ,
)
NOT_THE_EMAIL = Source(
    title="squaredup/plugins, pull request 123",
    kind="code",
    certainty="high",
    url="https://github.com/squaredup/plugins/pull/123",
    date=_READ,
)
INFERENCE = Source(
    title="Inferred from several sources", kind="inference", certainty="medium"
)
OURS = Source(title="Our own advice", kind="ours", certainty="high")
