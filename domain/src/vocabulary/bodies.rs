//! People, bodies and levels.

vocabulary! {
    /// The institution to which a matter is addressed (人大或政协).
    pub enum Institution {
        /// The people's congress and its standing committee (人民代表大会).
        Congress "CONGRESS" "人大" "people's congress",
        /// The Chinese People's Political Consultative Conference (人民政协).
        Cppcc "CPPCC" "政协" "CPPCC",
    }
}

vocabulary! {
    /// The level of a region (行政层级).
    pub enum RegionLevel {
        /// The whole country (全国).
        Nation "NATION" "全国" "nation",
        /// A province, autonomous region or municipality (省级).
        Province "PROVINCE" "省级" "province",
        /// A prefecture-level city (市级).
        City "CITY" "市级" "city",
        /// A county, district or county-level city (县级、区级).
        County "COUNTY" "区县级" "county",
        /// A township or town (乡镇级).
        Township "TOWNSHIP" "乡镇级" "township",
    }
}

vocabulary! {
    /// The kind of an organisation (机构类别).
    pub enum OrganizationKind {
        /// The working office of the congress for deputies (代表工委).
        CongressOffice "CONGRESS_OFFICE" "人大代表工委" "congress office",
        /// The proposal committee or office of the CPPCC (提案委).
        CppccOffice "CPPCC_OFFICE" "政协提案委" "CPPCC office",
        /// The government office that assigns, coordinates and supervises (政府办公室、督查室).
        TransferOffice "TRANSFER_OFFICE" "政府交办机构" "transfer office",
        /// A handling organisation (承办单位).
        Agency "AGENCY" "承办单位" "agency",
        /// A section inside an agency (科室).
        Section "SECTION" "科室" "section",
        /// A delegation of deputies (代表团).
        Delegation "DELEGATION" "代表团" "delegation",
        /// A sector of the CPPCC (界别).
        Sector "SECTOR" "界别" "sector",
        /// A special committee (专门委员会).
        Committee "COMMITTEE" "专门委员会" "committee",
    }
}

vocabulary! {
    /// The role in which a person acts (身份).
    pub enum Role {
        /// A deputy to a people's congress (人大代表).
        Representative "REPRESENTATIVE" "人大代表" "representative",
        /// A member of a CPPCC committee (政协委员).
        CommitteeMember "COMMITTEE_MEMBER" "政协委员" "committee member",
        /// Staff of the congress office, which reviews, numbers and supervises suggestions (代表工委).
        CongressOffice "CONGRESS_OFFICE" "人大代表工委" "congress office",
        /// Staff of the CPPCC office, which files, numbers and supervises proposals (提案委).
        CppccOffice "CPPCC_OFFICE" "政协提案委" "CPPCC office",
        /// Staff of the government office that assigns matters to agencies (政府交办机构).
        TransferOffice "TRANSFER_OFFICE" "政府交办机构" "transfer office",
        /// A leader of the congress or CPPCC who supervises key matters (督办领导).
        SupervisingLeader "SUPERVISING_LEADER" "督办领导" "supervising leader",
        /// A leader of the region's government with a portfolio of agencies (分管区领导).
        RegionLeader "REGION_LEADER" "政府领导" "region leader",
        /// The head of an agency, who signs replies off (单位主要领导).
        AgencyHead "AGENCY_HEAD" "承办单位主要领导" "agency head",
        /// A deputy head of an agency, who reviews replies (单位分管领导).
        AgencyDeputyHead "AGENCY_DEPUTY_HEAD" "承办单位分管领导" "agency deputy head",
        /// The liaison of an agency, its daily user (联络员).
        Liaison "LIAISON" "联络员" "liaison",
        /// The person in a section who handles the matter (承办人).
        Handler "HANDLER" "承办人" "handler",
        /// An auditor with read access in the region (审计监督人员).
        Auditor "AUDITOR" "审计员" "auditor",
        /// The administrator of directories and settings, without sight of matters (系统管理员).
        Administrator "ADMINISTRATOR" "管理员" "administrator",
    }
}

impl Role {
    /// The institution in whose name a proposer with this role speaks; none for other roles.
    pub const fn proposes_to(self) -> Option<Institution> {
        match self {
            Self::Representative => Some(Institution::Congress),
            Self::CommitteeMember => Some(Institution::Cppcc),
            _ => None,
        }
    }

    /// Whether this role belongs to a handling agency.
    pub const fn in_agency(self) -> bool {
        matches!(self, Self::AgencyHead | Self::AgencyDeputyHead | Self::Liaison | Self::Handler)
    }

    /// The kinds of organisation in which this role can be held.
    pub const fn fits(self, kind: OrganizationKind) -> bool {
        use OrganizationKind as K;
        match self {
            Self::Representative => matches!(kind, K::Delegation),
            Self::CommitteeMember => matches!(kind, K::Sector | K::Committee),
            Self::CongressOffice => matches!(kind, K::CongressOffice),
            Self::CppccOffice => matches!(kind, K::CppccOffice),
            Self::TransferOffice | Self::RegionLeader => matches!(kind, K::TransferOffice),
            Self::SupervisingLeader => matches!(kind, K::CongressOffice | K::CppccOffice | K::Committee),
            Self::AgencyHead | Self::AgencyDeputyHead | Self::Liaison => matches!(kind, K::Agency),
            Self::Handler => matches!(kind, K::Agency | K::Section),
            Self::Auditor | Self::Administrator => !matches!(kind, K::Delegation | K::Sector),
        }
    }
}
