"""The units and posts of the demo group: a group, four companies in different businesses, departments, teams."""

from dataclasses import dataclass
from datetime import date

from domain.people.terms import EnterpriseForm, UnitKind


@dataclass(frozen=True, slots=True)
class Post:
    """A position in both languages."""

    title: str
    title_zh: str


@dataclass(frozen=True, slots=True)
class Team:
    """A team of a department."""

    name: str
    name_zh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A department: who works in it, and its teams. Without teams its members answer to its head."""

    code: str
    name: str
    name_zh: str
    head: Post
    lead: Post
    members: tuple[Post, ...]
    teams: tuple[Team, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A company of the group."""

    code: str
    name: str
    name_zh: str
    form: EnterpriseForm
    since: date
    head: Post
    departments: tuple[Department, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A unit as it stands in the tree."""

    code: str
    kind: UnitKind
    name: str
    name_zh: str
    parent: str | None
    since: date
    form: EnterpriseForm | None = None


GROUP_SINCE = date(2006, 1, 1)
GROUP = Place(
    code="GROUP",
    kind=UnitKind.GROUP,
    name="Haiyue Group",
    name_zh="海岳集团",
    parent=None,
    since=GROUP_SINCE,
    form=EnterpriseForm.HOLDING,
)
CHAIR = Post("Chair of the Board", "董事长")
CHIEF = Post("Group Chief Executive", "集团首席执行官")


def _department(code: str, names: str, head: str, lead: str, members: str, teams: str = "") -> Department:
    """Each text is English|Chinese; several of them are separated by `;`."""
    name, name_zh = names.split("|")
    return Department(
        code=code,
        name=name,
        name_zh=name_zh,
        head=Post(*head.split("|")),
        lead=Post(*lead.split("|")),
        members=tuple(Post(*one.split("|")) for one in members.split(";")),
        teams=tuple(Team(*one.split("|")) for one in teams.split(";") if one),
    )


OFFICES = (
    _department(
        "GRP-STR",
        "Strategy Office|战略发展部",
        "Head of Strategy|战略总监",
        "Strategy Lead|战略主管",
        "Strategy Analyst|战略分析师;Scorecard Editor|记分卡专员",
    ),
    _department(
        "GRP-FIN",
        "Finance|财务部",
        "Chief Financial Officer|首席财务官",
        "Finance Lead|财务主管",
        "Business Partner Finance|业务财务;Treasury Analyst|资金分析师",
    ),
    _department(
        "GRP-HR",
        "People|人力资源部",
        "Chief People Officer|首席人力资源官",
        "People Lead|人力主管",
        "HR Partner|人力资源伙伴;HR Partner|人力资源伙伴;HR Partner|人力资源伙伴;HR Partner|人力资源伙伴;"
        "Systems Administrator|系统管理员",
    ),
)

COMPANIES = (
    Company(
        code="AIR",
        name="Kestrel Air Alliance",
        name_zh="红隼航空联盟",
        form=EnterpriseForm.AIRLINE,
        since=date(2008, 4, 1),
        head=Post("Managing Director", "总经理"),
        departments=(
            _department(
                "AIR-NET",
                "Network Operations|航网运行部",
                "Director of Operations|运行总监",
                "Desk Manager|席位经理",
                "Operations Controller|运行控制员;Crew Planner|机组排班员",
                "Carrier Desk|成员航司组;Crew and Slots|机组与时刻组;Operations Control|运行控制组",
            ),
            _department(
                "AIR-GND",
                "Ground Services|地面服务部",
                "Director of Ground Services|地面服务总监",
                "Station Manager|航站经理",
                "Ramp Coordinator|站坪协调员;Passenger Agent|旅客服务员",
                "New York Stations|纽约航站组;Baggage|行李组;Turnaround|过站保障组",
            ),
            _department(
                "AIR-COM",
                "Commercial|商务部",
                "Commercial Director|商务总监",
                "Commercial Manager|商务经理",
                "Revenue Analyst|收益分析师;Partnership Manager|合作经理",
                "Fares and Revenue|运价收益组;Partnerships|联盟合作组",
            ),
        ),
    ),
    Company(
        code="MFG",
        name="Lianyuan Precision",
        name_zh="联远精密制造",
        form=EnterpriseForm.MANUFACTURING,
        since=date(2007, 9, 1),
        head=Post("General Manager", "总经理"),
        departments=(
            _department(
                "MFG-PRD",
                "Production|生产部",
                "Plant Director|厂长",
                "Shift Lead|班组长",
                "Machine Operator|设备操作员;Production Technician|生产技术员",
                "Machining|机加工组;Assembly|装配组;Maintenance|设备维护组",
            ),
            _department(
                "MFG-QUA",
                "Quality|质量部",
                "Quality Director|质量总监",
                "Quality Lead|质量主管",
                "Quality Engineer|质量工程师;Inspector|检验员",
                "Inspection|检验组;Supplier Quality|供应商质量组;Process Engineering|工艺组",
            ),
            _department(
                "MFG-SUP",
                "Supply Chain|供应链部",
                "Supply Chain Director|供应链总监",
                "Planning Lead|计划主管",
                "Material Planner|物料计划员;Warehouse Specialist|仓储专员",
                "Planning|计划组;Warehouse|仓储组",
            ),
        ),
    ),
    Company(
        code="RET",
        name="Greenlane Retail",
        name_zh="绿巷零售",
        form=EnterpriseForm.RETAIL,
        since=date(2011, 5, 1),
        head=Post("Managing Director", "总经理"),
        departments=(
            _department(
                "RET-STO",
                "Stores|门店运营部",
                "Director of Stores|门店总监",
                "Area Manager|区域经理",
                "Shop Manager|店长;Fresh Counter Lead|生鲜主管",
                "Shops North|北区门店组;Shops South|南区门店组;New Shops|新店组",
            ),
            _department(
                "RET-ONL",
                "Online|线上业务部",
                "Head of Online|线上业务负责人",
                "Team Lead|组长",
                "Customer Care Specialist|顾客服务专员;Online Merchandiser|线上运营专员",
                "Customer Care|顾客服务组;Storefront|线上店铺组;Fulfilment|履约组",
            ),
            _department(
                "RET-MER",
                "Merchandising|商品部",
                "Merchandising Director|商品总监",
                "Category Manager|品类经理",
                "Buyer|采购员;Category Analyst|品类分析师",
                "Fresh|生鲜组;Home|家居组",
            ),
        ),
    ),
    Company(
        code="TEC",
        name="Cobalt Cloud",
        name_zh="钴蓝云科技",
        form=EnterpriseForm.TECHNOLOGY,
        since=date(2017, 3, 1),
        head=Post("Chief Executive", "首席执行官"),
        departments=(
            _department(
                "TEC-ENG",
                "Engineering|研发部",
                "VP Engineering|研发副总裁",
                "Engineering Manager|研发经理",
                "Software Engineer|软件工程师;Senior Engineer|高级工程师",
                "Platform|平台组;Reliability|可靠性组;Data|数据组",
            ),
            _department(
                "TEC-PRO",
                "Product|产品部",
                "VP Product|产品副总裁",
                "Product Lead|产品负责人",
                "Product Manager|产品经理;Product Designer|产品设计师",
                "Product Management|产品管理组;Design|设计组",
            ),
            _department(
                "TEC-CUS",
                "Customer Success|客户成功部",
                "VP Customer Success|客户成功副总裁",
                "Success Lead|客户成功主管",
                "Success Manager|客户成功经理;Support Engineer|支持工程师",
                "Onboarding|上线交付组;Support|技术支持组;Renewals|续约组",
            ),
        ),
    ),
)


def places() -> list[Place]:
    """Every unit, parents before children."""
    found = [GROUP, *(_place(office, GROUP.code, GROUP_SINCE) for office in OFFICES)]
    for company in COMPANIES:
        found.append(
            Place(
                code=company.code,
                kind=UnitKind.COMPANY,
                name=company.name,
                name_zh=company.name_zh,
                parent=GROUP.code,
                since=company.since,
                form=company.form,
            )
        )
        for department in company.departments:
            found.append(_place(department, company.code, company.since))
            found.extend(_teams(department, company.since))
    return found


def _place(department: Department, parent: str, since: date) -> Place:
    return Place(
        code=department.code,
        kind=UnitKind.DEPARTMENT,
        name=department.name,
        name_zh=department.name_zh,
        parent=parent,
        since=since,
    )


def _teams(department: Department, since: date) -> list[Place]:
    return [
        Place(
            code=f"{department.code}-{at}",
            kind=UnitKind.TEAM,
            name=team.name,
            name_zh=team.name_zh,
            parent=department.code,
            since=since,
        )
        for at, team in enumerate(department.teams, start=1)
    ]
