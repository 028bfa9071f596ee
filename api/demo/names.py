"""Names for invented people, Chinese and others, no two alike."""

from collections.abc import Iterator
from random import Random

FAMILIES = (
    "Wang 王,Li 李,Zhang 张,Liu 刘,Chen 陈,Yang 杨,Huang 黄,Zhao 赵,Wu 吴,Zhou 周,Xu 徐,Sun 孙,Ma 马,Zhu 朱,Hu 胡,"
    "Guo 郭,He 何,Gao 高,Lin 林,Luo 罗,Zheng 郑,Liang 梁,Xie 谢,Song 宋,Tang 唐,Xu 许,Han 韩,Feng 冯,Deng 邓,"
    "Cao 曹,Peng 彭,Zeng 曾,Xiao 肖,Tian 田,Dong 董,Pan 潘,Yuan 袁,Cai 蔡,Jiang 蒋,Yu 余,Du 杜,Ye 叶,Cheng 程,"
    "Wei 魏,Su 苏,Lu 吕,Ding 丁,Shen 沈,Ren 任,Yao 姚,Lu 卢,Fu 傅,Zhong 钟,Cui 崔,Tan 谭,Liao 廖,Fan 范,Jin 金,"
    "Shi 石,Bai 白,Qin 秦,Meng 孟,Qiu 邱,Hou 侯,Jiang 江,Yan 阎,Xue 薛,Lei 雷"
)
GIVEN = (
    "Wei 伟,Fang 芳,Na 娜,Min 敏,Jing 静,Qiang 强,Lei 磊,Yang 洋,Yong 勇,Yan 艳,Jie 杰,Juan 娟,Tao 涛,Ming 明,Chao 超,"
    "Xia 霞,Ping 平,Gang 刚,Hua 华,Hui 慧,Ying 颖,Xin 欣,Yu 宇,Bo 博,Kai 凯,Lan 兰,Ning 宁,Rui 睿,Shan 珊,Ting 婷,"
    "Xiang 翔,Yi 毅,Zhen 珍,Jun 俊,Peng 鹏,Qi 琪,Rong 荣,Shuang 爽,Tong 彤,Wen 雯,Yao 瑶,Ziyu 子瑜,Haoran 浩然,"
    "Yuxuan 宇轩,Zihan 子涵,Yichen 奕辰,Jiaqi 佳琪,Xinyi 欣怡,Siyu 思雨,Mingze 明泽,Ruoxi 若曦,Zhiyuan 志远,"
    "Wenbo 文博,Yawen 雅雯,Junjie 俊杰,Lihua 丽华,Guoqiang 国强,Xiaoming 晓明,Meiling 美玲,Jianhua 建华"
)
FIRST = (
    "Amara,Anders,Aisha,Benedikt,Camille,Carlos,Chiara,Clara,David,Diego,Dmitri,Emeka,Emma,Erik,Fatima,Felix,"
    "Freya,Gabriel,Giulia,Hannah,Hassan,Helena,Ibrahim,Ingrid,Isabel,Ivan,James,Johanna,Jonas,Kofi,Laila,Leon,"
    "Lucia,Mads,Maria,Mateo,Maya,Miguel,Nadia,Niamh,Noah,Olivia,Omar,Oscar,Paula,Priya,Rafael,Ravi,Robin,Rosa,"
    "Samuel,Sara,Sofia,Stefan,Tariq,Theo,Valentina,Victor,Yasmin,Zanele"
)
LAST = (
    "Adeyemi,Alvarez,Andersen,Baker,Bauer,Bianchi,Brandt,Cohen,Costa,Dubois,Eze,Ferrari,Fischer,Garcia,Hansen,"
    "Haddad,Hoffmann,Iyer,Jansen,Jensen,Kaya,Keller,Khan,Kowalski,Larsen,Lefevre,Lindqvist,Martin,Mensah,Moreau,"
    "Moretti,Murphy,Nakamura,Nguyen,Novak,Okafor,Oliveira,Osei,Patel,Pereira,Petrov,Rao,Reyes,Ricci,Rossi,Santos,"
    "Schmidt,Silva,Singh,Sorensen,Tanaka,Taylor,Torres,Virtanen,Walker,Weber,Wilson,Yilmaz,Ziegler,Zimmer"
)
CHINESE_SHARE = 0.62

Name = tuple[str, str | None]
"""In Latin letters, family first for Chinese names; and in Chinese."""


def names(chance: Random, taken: set[str]) -> Iterator[Name]:
    """Ever new names; those whose login is taken already are left out."""
    families, given = _pairs(FAMILIES), _pairs(GIVEN)
    while True:
        found: Name = (f"{chance.choice(FIRST.split(','))} {chance.choice(LAST.split(','))}", None)
        if chance.random() < CHINESE_SHARE:
            (family, family_zh), (own, own_zh) = chance.choice(families), chance.choice(given)
            found = (f"{family} {own}", family_zh + own_zh)
        if login(found) not in taken:
            taken.add(login(found))
            yield found


def login(name: Name) -> str:
    """Given name, dot, family name: `mei.lin`."""
    first, second = name[0].lower().split()
    return f"{second}.{first}" if name[1] else f"{first}.{second}"


def _pairs(listed: str) -> list[tuple[str, str]]:
    return [(latin, chinese) for latin, chinese in (pair.split() for pair in listed.split(","))]
