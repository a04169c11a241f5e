//! What a place writes first in a date of numbers. From the Unicode CLDR 48.2.0 (Unicode-3.0) by `scripts/cldr`; do not edit.

/// Regions where the day comes first in every official language.
pub(in super::super) const DAY_FIRST: &str = "\
    AD AE AG AI AL AM AO AR AT AU AW AX AZ BA BB BD BE BF BG BH BJ BL BM BN BO BQ BR BS BY BZ CC CD CF CG CH CI \
    CK CL CM CO CR CU CV CW CX CY CZ DE DG DJ DK DM DO DZ EA EC EE EG EH ES ET FI FJ FK FM FO FR GA GB GD GE GF \
    GG GH GI GM GN GP GQ GR GS GT GW GY HK HN HR HT IC ID IE IL IM IN IO IQ IS IT JE JM JO KE KG KH KI KM KN KW \
    KY KZ LA LB LC LI LR LU LV LY MA MC MD ME MF MG MK ML MM MQ MR MS MT MU MW MX MY MZ NA NC NE NF NG NI NL NO \
    NR NU NZ OM PE PF PG PK PL PM PN PS PT PW PY QA RE RO RS RU SA SB SC SD SG SH SI SJ SK SL SM SN SO SR SS ST \
    SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TZ UA UG UY UZ VA VC VE VG VN VU WF WS XK YE YT ZM ZW";

/// Regions where the month does.
pub(in super::super) const MONTH_FIRST: &str = "\
    AS GU MH MP PA PH PR UM US VI";

/// Regions where the year does.
pub(in super::super) const YEAR_FIRST: &str = "\
    AF CA CN HU IR JP KP KR LT MN NP SE TW ZA";

/// Locales whose order is not their region's.
pub(in super::super) const OTHER_THAN_REGION: &str = "\
    af-NA az-IQ bgc-IN bho-IN blo-BJ bua-RU cv-RU ee-GH ee-TG en-HU en-LT es-PH es-US eu-ES gaa-GH ha-SD kk-CN \
    ks-IN ku-IQ lij-IT lmo-IT nds-DE nds-NL ne-IN nqo-GN oc-ES oc-FR om-ET om-KE or-IN pms-IT ps-PK raj-IN sah-RU \
    sd-IN sd-PK shn-MM shn-TH szl-PL ti-ET tyv-RU und-US vmw-MZ xh-ZA yue-HK zh-MY zu-ZA";

/// Languages in which the day comes first wherever they are spoken.
pub(in super::super) const DAY_FIRST_LANGUAGES: &str = "\
    ak am ar as ast ba be bg bn br brx bs ca cs cy da de doi dsb el et fi fo fy ga gd gl gu he hi hr hsb ht hy id \
    ie ig is it jv ka kea kgp kk km kn kok kxv ky lb lo lv mai mi mk ml mni mr ms mt my nb nl nn no pa pcm pl pt \
    qu rm ro ru sa sat sc scn sk sl so sq sr su sw syr ta te tg th tk to tr tt uk ur vec vi wo xnr yo yrl";

/// Languages in which the year does.
pub(in super::super) const YEAR_FIRST_LANGUAGES: &str = "\
    af bgc bho bua csw cv eu fa gaa hu ii ja ko lij lmo lt mn nds ne nqo nso oc pms ps raj rw sah shn si st szl \
    tn tyv ug und vmw yue za";

/// Languages with other orders, or with several. All others have no data of their own.
pub(in super::super) const OTHER_LANGUAGES: &str = "\
    az blo ceb chr ee en es fil fr ha ks ku om or sd sv ti uz xh zh zu";
