"""What people of the demo say: with check-ins, with requests, and in answer to them."""

from api.demo.goals import Words

AHEAD: tuple[Words, ...] = (
    ("Further than planned: the new routine holds even on busy days.", "进度超前：新做法在忙的日子也站得住。"),
    ("Good week. The change we made in the morning meeting pays off.", "这周不错，晨会上的调整见效了。"),
    ("Two weeks ahead. I can lend a hand elsewhere.", "领先两周，可以去支援别的组。"),
    ("The last step was easier than feared.", "最后一步比想象中容易。"),
)
ON_TRACK: tuple[Words, ...] = (
    ("On track. Next: the part that depends on the neighbours.", "按计划推进，下一步是要邻组配合的部分。"),
    ("Steady. Nothing that needs help.", "稳步推进，暂时不需要支援。"),
    ("As planned; I want to see one more week before I am sure.", "符合计划，再观察一周才放心。"),
    ("Small step, right direction.", "小步前进，方向正确。"),
    ("We found the main cause and changed it for good.", "找到主因并固化了改进。"),
)
BEHIND: tuple[Words, ...] = (
    (
        "Slower than planned: two colleagues were ill. I will catch up in the next weeks.",
        "慢于计划：两位同事病假，接下来几周追回。",
    ),
    ("Stuck on a supplier. I asked for help today.", "卡在供应商环节，今天已请求支援。"),
    ("The figure moves, but not enough. I try another way.", "数字在动但不够快，换个办法试试。"),
    ("Priorities shifted for two weeks; let us talk about the target.", "优先级变动了两周，想聊聊目标值。"),
)
REQUESTS: tuple[Words, ...] = (
    ("As we discussed on Tuesday.", "按我们周二谈的。"),
    ("The targets are higher than last time. I believe they are within reach.", "目标比上期高，我有信心够得着。"),
    ("Ready for your look. The second key result is the hard one.", "请过目，第二个关键结果最难。"),
)
QUESTIONS: tuple[Words, ...] = (
    ("What happens to the second key result when the tool is late?", "如果工具延期，第二个关键结果怎么办？"),
    ("How will we see it, and where does the figure come from?", "怎么看得出来？数据从哪里取？"),
    ("Is the target ours alone, or do we need the neighbours for it?", "这个目标我们自己能定，还是要邻组一起？"),
)
REFUSALS: tuple[Words, ...] = (
    ("Good idea, wrong half-year. Please take it up again after the move.", "想法好，时机不对，搬迁后再提。"),
    (
        "This repeats what the team goal says already. What is your own part?",
        "与团队目标重复了，你自己的那部分是什么？",
    ),
)
