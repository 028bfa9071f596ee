"""How to sign in to the demo group: everybody's login is their name with a dot, the password is one for all."""

PASSWORD = "catchball-demo"

LOGINS = (
    ("mei.lin", PASSWORD, "Lin Mei 林梅, young employee at Greenlane Retail · 绿巷零售的年轻员工"),
    ("daniel.okoye", PASSWORD, "Daniel Okoye, her manager, approvals wait for him · 她的经理，有待审批"),
    ("hao.zhao", PASSWORD, "Zhao Hao 赵浩, head of Online, in Chinese · 线上业务部负责人（中文界面）"),
    ("marcus.hale", PASSWORD, "Marcus Hale, watches JetBlue at Kestrel Air · 负责捷蓝航空的真实指标"),
    ("grace.adeyemi", PASSWORD, "Grace Adeyemi, HR partner of Greenlane · 绿巷零售的人力伙伴"),
    ("jing.wen", PASSWORD, "Wen Jing 温静, strategy office · 战略发展部"),
    ("elena.fischer", PASSWORD, "Elena Fischer, chief executive of the group · 集团首席执行官"),
    ("ole.berg", PASSWORD, "Ole Berg, administrator who sees no contents · 不看内容的管理员"),
)
"""Login, password, who it is; everybody else of the group signs in by the same pattern."""
