"""Short texts and who speaks in them, as a reader would name the speaker.

In each text the speaking mention is between [ and ], what it says between { and }; several pairs stand in order.
All people in them are made up.
"""

from __future__ import annotations

NAMES = [
    ("[Mara Ellison] said {the bridge was safe}. [Ellison] added {that it would open soon}.", ["Mara Ellison"] * 2),
    ("Mara Ellison spoke first. [Ms. Ellison] said {the bridge was safe}.", ["Mara Ellison"]),
    ("Senator Paul Dorn arrived late. [Sen. Dorn] said {he had been delayed}.", ["Paul Dorn"]),
    ("[Mr. Dorn's] claim {that taxes fell} was disputed. Paul Dorn did not answer.", ["Paul Dorn"]),
    ("John R. Hallam was there. [John Hallam] said {it rained}.", ["John R. Hallam"]),
    ("[Dr. Ruth Vane] said {the patients were well}. {“We are glad,”} [Vane] said.", ["Ruth Vane"] * 2),
    ("Robert Tarrow voted no. [Bob Tarrow] said {the bill was flawed}.", ["Robert Tarrow"]),
    ("[Prime Minister Anna Keel] said {the talks went well}.", ["Anna Keel"]),
    ("Paul Dorn wrote. By June [Mr Dorn] said {the work was done}. On Friday [Mr Dorn] denied {it}.", ["Paul Dorn"] * 2),
    ("Peter Cuban, an investor, spoke on Monday. {“It is late,”} [Cuban] said.", ["Peter Cuban"]),
    ("Kim Dae-sung met reporters. [Mr Kim] said {the plan was ready}.", ["Kim Dae-sung"]),
    ("[The Washington Post's Alan Brill] wrote {that the deal was dead}.", ["Alan Brill"]),
]

ROLES = [
    ("[Heather Lunt, the State Department spokeswoman,] said {no date was set}.", ["Heather Lunt"]),
    ("[State Department spokeswoman Heather Lunt] said {no date was set}. [The spokeswoman] added {that talks go on}.",
     ["Heather Lunt"] * 2),
    ("[The head of the dockers' union, Carl Menning,] said {the strike would last}.", ["Carl Menning"]),
    ("[Secretary of State Laura Crane] said {the embassy was open}.", ["Laura Crane"]),
    ("US Secretary of State Laura Crane landed on Monday. [The secretary of state] said {the visit was short}.", ["Laura Crane"]),
    ("Governor Tom Halley opened the fair. [The governor] said {farmers needed help}.", ["Tom Halley"]),
    ("President Anna Keel spoke. Carl Menning, the president of the Dockers Bank, listened. Mr. Menning took notes. "
     "[The president] said {the plan was ready}.", ["Anna Keel"]),
    ("Tom Halley is the mayor of Westbrook. [The mayor] said {the road would be closed}.", ["Tom Halley"]),
    ("Vermont Senator Paul Dorn voted no. [The Vermont senator] said {the bill was flawed}.", ["Paul Dorn"]),
    ("[A senior official] said {the plan had failed}. [The official] declined {to give details}.", ["senior official"] * 2),
    ("[A company executive] said {sales fell}.", ["company executive"]),
    ("Sen. Paul Dorn (R-Utah) and Sen. Carl Menning (D-Ohio) spoke. [The Utah Republican] said {it was late}. "
     "[The Ohioan] said {it was not}.", ["Paul Dorn", "Carl Menning"]),
    ("[A top adviser for President Anna Keel] said {the plan was ready}.", ["top adviser for President Anna Keel"]),
    ("[Union chief] warns {of a strike}\n\n[Paul Dorn] said {talks had failed}. Mr. Dorn leads the dockers. [Mr. Dorn] added "
     "{that the door was open}.", ["Paul Dorn"] * 3),
    ("Anna Keel spoke first. [The Democratic front-runner] said {the vote was near}.", ["Anna Keel"]),
]  # fmt: skip

PRONOUNS = [
    ("[Mara Ellison] said {the bridge was safe}. [She] added {that it would open soon}.", ["Mara Ellison"] * 2),
    ("Paul Dorn met Mara Ellison on Friday. [She] said {the bridge was safe}.", ["Mara Ellison"]),
    ("Mara Ellison and her brother Peter Ellison spoke. [He] said {the farm was sold}. [She] said {it was not}.",
     ["Peter Ellison", "Mara Ellison"]),
    ("[Paul Dorn] said {the tax was wrong}. {“It hurts the poor,”} [he] said.", ["Paul Dorn"] * 2),
    ("{“[I] think {the vote was fair},”} [Ruth Vane] said.", ["Ruth Vane"] * 2),
    ("[Ruth Vane] said: {“[We] believe {the vote was fair}.”}", ["Ruth Vane"] * 2),
    ("[Paul Dorn, who] denied {the charge}, left early.", ["Paul Dorn"]),
    ("Ruth Vane won. Paul Dorn, a political novice [who] denied {the charge}, lost.", ["Paul Dorn"]),
    ("Anna Keel and Ruth Vane met on Monday. [They] said {the plan was ready}.", ["Anna Keel & Ruth Vane"]),
    ("Reporters met Paul Dorn, [who] said {the charge was false}.", ["Paul Dorn"]),
    ("[The committee] said {the papers were lost}. [It] blamed {a flood}.", ["committee"] * 2),
    ("[Paul Dorn] said {Carl Menning was a liar}. {“He should leave,”} [he] said.", ["Paul Dorn"] * 2),
    ("[Critics] said {the law was harsh}. [They] warned {that it would fail}.", ["critics"] * 2),
]  # fmt: skip

GOVERNMENTS = [
    ("[North Korea] said {the talks were regrettable}. [The North] demanded {an apology}.", ["North Korea"] * 2),
    ("[Pyongyang] accused Washington of {bad faith}.", ["North Korea"]),
    ("[Seoul] welcomed {the offer}. North Korea was silent.", ["South Korea"]),
    ("[The Kremlin] denied {any role}. [Russia's foreign ministry] said {the charge was absurd}.", ["Russia"] * 2),
    ("[Moscow] said {the troops would leave}. [A foreign ministry spokesman] said {they had gone}.", ["Russia"] * 2),
    ("[The Japanese government] said {the islands were its own}.", ["Japan"]),
    ("[The government of Chile] said {it would vote yes}.", ["Chile"]),
    ("[The State Department] said {no date was set}.", ["State Department"]),
    ("[The White House] said {the call went well}. [Congress] said {it had not been told}.", ["White House", "Congress"]),
    ("[A White House spokesman] said {the call went well}.", ["White House"]),
    ("[A spokesman for the Pentagon] said {the drill was routine}.", ["Pentagon"]),
    ("[Iran] said {the sanctions were illegal}. [The country] demanded {their end}. [It] also called {for talks}.", ["Iran"] * 3),
    ("[Israeli officials] said {the border was quiet}.", ["Israeli officials"]),
    ("[The UN] said {aid had arrived}. [The United Nations] added {that more was needed}.", ["United Nations"] * 2),
    ("[The DPRK] called {the drill a provocation}. [North Korea] asked {for an apology}.", ["North Korea"] * 2),
    ("[The Foreign Office] said {travel was unsafe}. [Britain] called {home its envoy}.", ["United Kingdom"] * 2),
]  # fmt: skip

OTHERS = [
    ("[Critics and analysts who study the region] say {the pledge is empty}.", ["critics and analysts"]),
    ("[Anna Keel and Paul Dorn] said {they would meet}.", ["Anna Keel & Paul Dorn"]),
    ("Anna Keel met Paul Dorn. [The two leaders] promised {to meet again}.", ["Anna Keel & Paul Dorn"]),
    ("[Some] say {the moon is hollow}.", ["some"]),
    ("[At least four well-known senators] say {the moon is hollow}.", ["four well-known senators"]),
    ("[Palestinians] want {a say in the talks}.", ["Palestinians"]),
    ("[Intelligence reports] showed {that work went on}.", ["intelligence reports"]),
    ("[A report by the Harbour Institute] found {that prices rose}. [The report] blamed {rents}.",
     ["report by the Harbour Institute"] * 2),
    ("Anna Keel spoke. [Advisers to Ms Keel] said {she would run}. [Keel's advisers] said {it was late}.",
     ["Anna Keel's advisers"] * 2),
    ("Salem City Mayor Anna Keel met Paul Dorn in Salem. [She] called {the talks fair}.", ["Anna Keel"]),
    ("[Anna Keel's foreign advisers] said {yes}. [Anna Keel's tax advisers] said {no}.",
     ["Anna Keel's foreign advisers", "Anna Keel's tax advisers"]),
    ("[A group called Harbour Watch] said {that prices rose}.", ["Harbour Watch"]),
    ("[One of the senators who stayed, Anna Keel,] said {that prices rose}.", ["Anna Keel"]),
    ("[A survey, conducted by the Harbour Institute,] found {that prices rose}.", ["survey by the Harbour Institute"]),
    ("[Many of the hard-liners in the northern committee] say {the moon is hollow}.",
     ["many of the hard-liners in the northern committee"]),
    ("[You] know {that prices rose}.", ["you"]),
    ("Anna Keel spoke in Salem. [The crowd] said {no}.", ["crowd"]),
    ("[Anna Keel's campaign] called {the ad false}. [The Keel campaign] asked {for its end}.", ["Anna Keel's campaign"] * 2),
    ("Paul Dorn gave a speech. [His remarks] suggested {that he would run}.", ["Paul Dorn"]),
    ("[Dorn's own argument] was {that taxes hurt}. Paul Dorn left.", ["Paul Dorn"]),
    ("[Keel & Sons] said {profits rose}.", ["Keel & Sons"]),
    ("[The New York Times] reported {that the deal was dead}.", ["New York Times"]),
    ("[]{“Nothing was signed,”} it was said.", [None]),
]  # fmt: skip


TRICKY = [
    # adjectives, participles and pronouns before their noun
    ("[Russian] denials {of a role} were quick. Kyiv laughed.", ["Russia"]),
    ("[Democratic] criticism {of the plan} grew.", ["Democrats"]),
    ("In [his] claim {that taxes fell}, Paul Dorn named no figure. Alan Brill left.", ["Paul Dorn"]),
    ("Ruth Vane is the prosecutor [who] charged {fraud}.", ["Ruth Vane"]),
    ("[One of the firm's founders, Carl Menning,] said {it was sold}.", ["Carl Menning"]),
    ("[USA Today] reported {that the deal was dead}.", ["USA Today"]),
    ("[Ban Ki-moon] said {yes}. [Ban] added {no}. [He] said {more}.", ["Ban Ki-moon"] * 3),
    ("In Seoul, President Moon Jae-in spoke. [Moon] said {yes}.", ["Moon Jae-in"]),
    ("A ban on Ki-tests came. [Moon Jae-in] said {yes}.", ["Moon Jae-in"]),
    ("Otto Dorn left the drug company Carmel Pharmaceuticals in May. [The company] said {no}.", ["Carmel Pharmaceuticals"]),
    ("Anna Keel read the Harbour Times. [The newspaper] said {no}.", ["Harbour Times"]),
    ("[The Russians] said {no}. [The Chinese] asked {for time}. [Many Germans] said {yes}.", ["Russia", "China", "many Germans"]),
    ("[The chairman of the Joint Fishery Board, Gen. Alan Brill,] said {no}.", ["Alan Brill"]),
    ("The Department of Justice met. [The DOJ] said {no}.", ["Justice Department"]),
    ("The Federal Aviation Administration met. On Monday the F.A.A. spoke. [The F.A.A.] said {no}.",
     ["Federal Aviation Administration"]),
    ("{“It is late,”} [said] Anna Keel.", ["Anna Keel"]),
    ("Anna Keel met Otto Dorn. [Both bankers and brewers] said {no}.", ["both bankers and brewers"]),
    ("The strategist Otto Dorn spoke. [One rival strategist] said {no}.", ["one rival strategist"]),
    ("Bill Keel and Anna Keel ran. [Anna Keel's husband, Bill,] said {no}.", ["Bill Keel"]),
    ("[Germany] said {no}. [The government in Beijing] said {yes}.", ["Germany", "China"]),
    ("[The Russians] said {no}. [They] said {more}.", ["Russia", "Russia"]),
    ("Two Russians were charged. [The Russians] said {no}.", ["Russians"]),
    ("[The Israelis and the Palestinians] said {yes}.", ["Israelis and the Palestinians"]),
    ("In the poll, [the French] said {no}.", ["French"]),
    ("[Several senators, including Alan Brill,] said {no}.", ["several senators"]),
    ("[The wife of the jailed minister, Alan Brill,] said {no}.", ["wife of the jailed minister"]),
    ("President Moon Jae-in left. Then [Grace Moon] said {no}.", ["Grace Moon"]),
    ("[Park City-based Carmel] said {no}.", ["Carmel"]),
    ("[The government in Berlin] said {no}. [The government in exile] said {yes}.", ["Germany", "government in exile"]),
    ("The Harbour Times wrote that Boeing had hidden a fault. Boeing sued. [The newspaper] said {no}.", ["Harbour Times"]),
    ("The premier mocked voters as [they] said {no}.", ["voters"]),
    ("The host met Anna Keel and Otto Dorn. [They] said {yes}.", ["Anna Keel & Otto Dorn"]),
    ("Keel cited a memorandum. [It] says {no}.", ["memorandum"]),
    ("Kim Jong-il met aides. [North Korea's leader Kim Jong-il] said {no}.", ["Kim Jong-il"]),
    # two people with one family name
    ("Hilda Clay and William Clay came. [Mrs. Clay] felt {cold}. [Mr. Clay] said {it was warm}.", ["Hilda Clay", "William Clay"]),
    ("Hilda Clay and her brother William Clay came. [She] felt {cold}. [He] called {it warm}.", ["Hilda Clay", "William Clay"]),
    # the presidents of two countries
    ("French President Luc Marin met Chilean President Rosa Ibarra. [The French president] agreed {to go}. "
     "[The Chilean president] said {no}.",
     ["Luc Marin", "Rosa Ibarra"]),
    # "he" after two men: the one who speaks, not the one spoken of
    ("[Paul Dorn] told Alan Brill {that the plan was dead}. {“We are done,”} [he] said.", ["Paul Dorn"] * 2),
    ("[Paul Dorn] said {the plan was dead}. Asked about Alan Brill, [he] said {it was too late}.", ["Paul Dorn"] * 2),
    # the city, not the government
    ("[Japan] said {it was ready}. Talks were held in Seoul. [It] asked {for more time}.", ["Japan"] * 2),
    ("[Residents of Seoul] said {the air was bad}.", ["residents of Seoul"]),
    ("[Seoul's mayor, Park Ji-hoon,] said {the air was bad}.", ["Park Ji-hoon"]),
    # capitals that are people, states that are people
    ("Michael Jordan spoke in Ohio. [Jordan] said {the game was lost}.", ["Michael Jordan"]),
    ("[Jordan] said {its border was closed}. Amman asked for help.", ["Jordan"]),
    # a body of a state is no voice of its government
    ("[Russia] denied {the charge}. [The Duma] voted {to leave}.", ["Russia", "Duma"]),
    # a spokesman without a state, after the state that spoke
    ("[Iran] called {the ban illegal}. Germany was silent. [The foreign ministry] promised {a reply}.", ["Iran"] * 2),
    # "the statement" of whoever spoke
    ("[The Harbour Board] said {the port was shut}. {“Ships must wait,”} [the statement] said.", ["Harbour Board"] * 2),
    # "I" in a quotation inside another
    ("{“[I] never said {that},”} [Paul Dorn] told Ruth Vane.", ["Paul Dorn"] * 2),
    # a direct quotation that goes on without a source, and one that does not
    ("{“It is over,”} said [Paul Dorn]. {“Nobody won.”}[]", ["Paul Dorn"] * 2),
    ("{“It is over,”} said [Paul Dorn]. Ships left the port that night. {“Nobody won.”}[]", ["Paul Dorn", None]),
    ("[] {Prices would rise}, it was feared. Paul Dorn left.", [None]),
]  # fmt: skip
