"""The steps on the page itself, apart from its credentials."""

from dataclasses import replace

from apiuser.howto.preparing import IN_FULL, MENU_WORD, NEWER_SKINS, TO_NEW_USER
from apiuser.howto.step import Field, Input, Note, Step
from apiuser.rules.catalogue.audit_rules import FULL_LEVEL
from apiuser.rules.citations import (
    ADD_EDIT,
    AXCIENT,
    CEO_JUICE,
    CLOUD_DEPOT,
    CUSTOM_LEVEL,
    CYTRACOM,
    DEFINE_API_USER,
    FIELD_CHOICES,
    GRADIENT,
    HOW_TO,
    IDENTIFIER,
    INFERENCE,
    INTEGRATION_CENTER,
    IT_GLUE,
    LINE_OF_BUSINESS,
    LOCATION_GUIDES,
    LOCKOUT,
    MSP360,
    REST_SECURITY,
    ROCKETCYBER,
    SECURITY_ROLE,
    SOAP_BEST_PRACTICES,
    TIMEZEST,
    TRACKING,
    UNIGMA,
)

SYSTEM_LEVELS = (
    "API User (system) (API-only)",
    "API User (system) Can't Read Costs (API-only)",
)
"""The system's own API-only levels; some guides print them without the ending."""

DATE_FORMATS = (
    "MM/dd/yyyy",
    "MM-dd-yyyy",
    "MM.dd.yyyy",
    "dd/MM/yyyy",
    "dd-MM-yyyy",
    "dd.MM.yyyy",
    "yyyy/MM/dd",
    "yyyy-MM-dd",
    "yyyy.MM.dd",
)
TIME_FORMATS = ("hh:mm a", "HH:mm", "h:mm a")
NUMBER_FORMATS = ("X,XXX.XX", "X.XXX,XX")
AS_SHOWN = "as the page shows it"

VENDOR = "Integration Vendor"
CUSTOM = "Custom (Internal Integration)"

NO_LINES = "The tenant does not use lines of business"
NO_LINE = "None associated: the user sees all"
SOME_LINES = "Named ones only"

OPEN = Step(
    code="open",
    title="Open the New API User page",
    do=(
        TO_NEW_USER,
        IN_FULL,
        Note(
            "From the Integration Center: Admin > Extensions & Integrations > "
            "Other Extensions & Tools > Integration Center, pick the vendor, then its "
            "context menu > Add API User.",
            (ADD_EDIT, INTEGRATION_CENTER),
        ),
        Note("Check that the page is for an API user, not a resource.", (UNIGMA,)),
    ),
    know=(
        Note(
            "The way through the Integration Center also needs the Admin permission to "
            "configure Other Extensions & Tools.",
            (INTEGRATION_CENTER,),
        ),
        Note(
            "New alone makes an ordinary resource, and only API-only users may use "
            "the API: take New API User.",
            (UNIGMA, DEFINE_API_USER),
        ),
        MENU_WORD,
        NEWER_SKINS,
    ),
)

GENERAL = Step(
    code="general",
    title="Fill in the General section",
    do=(
        Note(
            "Enter the first name and the last name.",
            (HOW_TO,),
            about=("first_name", "last_name"),
        ),
        Note("Enter the e-mail address.", (HOW_TO,), about=("email",)),
        Note("Leave Active ticked and Locked clear.", (MSP360,), about=("rest",)),
    ),
    know=(
        Note(
            "Mails about lock-outs and other problems go to the address, so somebody "
            "must read it. TimeZest and MSPintegrations say that any address will "
            "do; those mails are then lost.",
            (MSP360, TIMEZEST),
            about=("email",),
        ),
        Note(
            "Locked is set after repeated log-ins with a wrong secret; clearing it "
            "unlocks the user. How many attempts are allowed is a setting of Site Setup.",
            (MSP360, LOCKOUT),
            about=("rest",),
        ),
        Note(
            "A guide from 2022 also chooses Primary as Email Type; the field may be "
            "gone.",
            (AXCIENT,),
            about=("email", "rest"),
        ),
    ),
    fields=(
        Field(key="first_name", label="First Name", entered=True),
        Field(key="last_name", label="Last Name", entered=True),
        Field(
            key="email",
            label="Email Address",
            input=Input.SUGGESTION,
            entered=True,
        ),
    ),
    part="general",
)

GENERAL_EDITED = replace(
    GENERAL,
    title="Change the General section",
    do=(Note("Change only what you came to change."),),
)

LEVEL_EDITED = Step(
    code="level",
    title="Select the security level",
    do=(
        Note("Select an API security level.", (HOW_TO,)),
        Note(
            "If passwords expire in your tenant, check whether “Not required to change "
            "password” is ticked on the level; if not, tick it on a copy of the level.",
            (DEFINE_API_USER, SECURITY_ROLE),
        ),
    ),
    know=(
        Note(
            "The list shows the active API-only levels from A to Z and, if the "
            "level assigned now is inactive, that one too.",
            (HOW_TO,),
        ),
        Note(
            "“API User (system) (API-only)” sees everything, internal costs "
            "included; “API User (system) Can't Read Costs (API-only)” sees the same "
            "without costs. Neither can be edited; copy one and edit the copy.",
            (ADD_EDIT, DEFINE_API_USER),
        ),
        Note(
            "To copy a level: Admin > {menu_word} Settings & Users > Resources/Users (HR) "
            "> Security > Security Levels, then the level's context menu > Copy Security "
            "Level.",
            (CUSTOM_LEVEL,),
        ),
        Note(
            "The licence type of a level is fixed when it is copied: copy an API "
            "level.",
            (GRADIENT,),
        ),
        Note(
            "Official pages differ on passwords that expire: one wants the box ticked "
            "on a copy, another calls API-only levels exempt from the start.",
            (DEFINE_API_USER, SOAP_BEST_PRACTICES),
            at_most="medium",
        ),
        Note(
            "An integration that reads protected data needs Protected Data "
            "Permission, which is given to each user and not by the level.",
            (IT_GLUE, DEFINE_API_USER),
        ),
    ),
    fields=(
        Field(
            key="security_level",
            label="Security Level",
            input=Input.SUGGESTION,
            options=SYSTEM_LEVELS,
            missing="Enter the security level as the list names it.",
            chosen=True,
        ),
    ),
    part="level",
)
LEVEL = replace(
    LEVEL_EDITED,
    know=(
        *LEVEL_EDITED.know,
        Note(
            "The form proposes the full level, since guides of integrations name it; an "
            f"audit reports it ({FULL_LEVEL.code}).",
        ),
    ),
    fields=(replace(LEVEL_EDITED.fields[0], default=SYSTEM_LEVELS[0]),),
)

KEPT_FORMATS = Step(
    code="formats",
    title="Check the formats",
    do=(
        Note(
            "Leave the date, time and number formats as they are, unless the "
            "integration asks for others.",
        ),
        Note(
            "If your page shows Primary Internal Location, choose one.",
            (LOCATION_GUIDES,),
        ),
    ),
    know=(
        Note(
            "By default the formats are those of the default location; for the "
            "number format we assume this.",
            (MSP360,),
        ),
        Note(
            "The choices that the form lists were seen in one tenant; yours may differ.",
            (FIELD_CHOICES,),
        ),
    ),
    fields=(
        Field(
            key="date_format",
            label="Date Format",
            input=Input.CHOICE,
            default=AS_SHOWN,
            options=(AS_SHOWN, *DATE_FORMATS),
        ),
        Field(
            key="time_format",
            label="Time Format",
            input=Input.CHOICE,
            default=AS_SHOWN,
            options=(AS_SHOWN, *TIME_FORMATS),
        ),
        Field(
            key="number_format",
            label="Number Format",
            input=Input.CHOICE,
            default=AS_SHOWN,
            options=(AS_SHOWN, *NUMBER_FORMATS),
        ),
        Field(
            key="location",
            label="Primary Internal Location",
            advice="Only if the page shows this field; otherwise leave it empty.",
            entered=True,
        ),
    ),
    part="formats",
)

TRACKING_STEP = Step(
    code="identifier",
    title="Choose the API tracking identifier",
    do=(
        Note(
            "For a published integration choose Integration Vendor and pick its label "
            "in the drop-down.",
            (HOW_TO, IDENTIFIER),
        ),
        Note(
            "For one of your own choose Custom (Internal Integration), type a name, "
            "and copy the tracking identifier that Autotask shows.",
            (IDENTIFIER,),
        ),
    ),
    know=(
        Note(
            "With the wrong label the vendor refuses the user: compare it with the "
            "vendor's own guide.",
            (CYTRACOM,),
        ),
        Note(
            "Labels have the form “Company - Integration”; inactive vendors stay in "
            "the drop-down.",
            (INTEGRATION_CENTER,),
        ),
        Note(
            "Guides of renamed companies still print the old labels, such as "
            "CloudBerry Lab for MSP360.",
            (MSP360,),
        ),
        Note(
            "A label that is not in the list may not be published yet: ask the vendor, "
            "and do not pick a similar one.",
            (CEO_JUICE,),
        ),
        Note(
            "Autotask does not show a vendor's identifier, so only those who have it "
            "from the vendor can make calls. A custom one is 27 characters long and "
            "goes with every call.",
            (IDENTIFIER, TRACKING),
        ),
    ),
    fields=(
        Field(
            key="identifier",
            label="API Tracking Identifier",
            input=Input.CHOICE,
            default=VENDOR,
            options=(VENDOR, CUSTOM),
        ),
        Field(
            key="vendor",
            label="Integration Vendor",
            input=Input.SUGGESTION,
            chosen=True,
            advice="Type a company's name, old or new, to find its label.",
            missing="Choose the vendor's label, as Autotask lists it.",
            only_if=("identifier", (VENDOR,)),
        ),
        Field(
            key="custom_name",
            label="Name of the integration",
            missing="Enter the integration's name, as on Autotask's page.",
            entered=True,
            only_if=("identifier", (CUSTOM,)),
        ),
        Field(
            key="tracking_identifier",
            label="Tracking Identifier",
            advice="Copied from the page.",
            missing="Copy the tracking identifier from the user's page in Autotask.",
            only_if=("identifier", (CUSTOM,)),
        ),
    ),
    part="identifier",
)

BUSINESS_LINES = Step(
    code="lines",
    title="Check the line of business",
    do=(
        Note(
            "Leave the section empty, unless this user may see only some lines of "
            "business.",
            (LINE_OF_BUSINESS,),
        ),
        Note(
            "If you associate one, associate every one that the integration needs, "
            "and if there is a box for items without a line of business, tick it.",
            (LINE_OF_BUSINESS, INFERENCE),
        ),
    ),
    know=(
        Note(
            "With no line of business associated, the user has access to all; with "
            "any, only to those.",
            (LINE_OF_BUSINESS,),
        ),
        Note(
            "What a restricted user may not see is missing from answers without an "
            "error.",
            (REST_SECURITY,),
        ),
        Note(
            "Vendors disagree: RocketCyber and CEO Juice leave the section as it is, "
            "Cloud Depot associates all, TimeZest those needed. No document gives "
            "the box's text or default.",
            (ROCKETCYBER, CEO_JUICE, CLOUD_DEPOT, TIMEZEST),
        ),
    ),
    fields=(
        Field(
            key="lines",
            label="Line of Business",
            input=Input.CHOICE,
            default=NO_LINES,
            options=(NO_LINES, NO_LINE, SOME_LINES),
        ),
        Field(
            key="line_names",
            label="Lines associated",
            missing="Name the lines of business that you associated.",
            only_if=("lines", (SOME_LINES,)),
        ),
    ),
    part="lines",
)
