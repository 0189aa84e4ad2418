"""Given names by the gender they usually tell, written from common knowledge (data). Names that tell neither are left out."""

from __future__ import annotations

_MALE = """
aaron abdullah abraham adam adrian ahmed aidan alan albert alberto alejandro aleksandar aleksander aleksei alexander alexei alfred ali allan allen
alvin amir anatoly anders andrei andrej andres andrew andrii andriy andrius andrzej andy angus ansel anthony anton antonin antonio antony ari armando
arnold arthur artis arturo asif august austin barack barry bart bashar ben benito benjamin bernard bernie bert bill billy bob bobby boris brad bradley
brendan brent brett brian bruce bruno bryan burt byron calvin carl carlos casper cassius cedric cesar chad charles charlie chester chris christian
christopher chuck clarence claude clay clifford clint colin conor corey cory craig curt curtis cyril dan daniel daniil danny dariusz darrell darren
dave david dean denis dennis denys derek derrick desmond diego dimitri dirk dmitri dmitriy dmitry dmytro dominic don donald doug douglas duncan dustin
dwayne dwight earl ed eddie edgar edgars eduard eduardo edward edwin egils eli elias elijah elliot emil emilio emmanuel enrico enrique eric erik ernest
ernesto ethan eugene evan evgeny ezra fareed federico felipe felix ferdinand fernando filip floyd francis francisco frank franklin fred frederic
frederick friedrich fritz gabriel gabrielius garrett gary gavin gene geoff geoffrey george gerald gerard gerhard gianni gilbert giles giovanni giorgio
gitanas giuseppe glenn gordon graham grant greg gregory grigory guillermo gunther gus gustav guy hamid hank hans harold harry harvey hassan hector heinz
helmut henning henri henrik henry herbert herman hiroshi horace howard hubert hugh hugo hussein ian igor ilham ilya imran isaac ismail ivan jack jacob
jacques jaime jake jakub jamal james jamie jan janez janis jared jarrett jason javier jay jean-claude jean-luc jeff jeffrey jens jeremy jerome jerry jesse
jim jimmy joachim joao joe joel johan john johnny johannes jon jonas jonathan jordan jorge jose josef josep joseph josh joshua juan jules julian julius
jurgen justin jyrki kaspars kay keir keith ken kenneth kent kevin kim kirk klaus konstantin krisjanis kristjan kristofer krzysztof kurt kyle kyriakos
lance larry lars laszlo lawrence lee len leo leon leonard leonardo leonid leopold leroy leslie lester levi lewis liam linus lloyd logan lothar lou louis
lucas luigi luis luke mahmoud malcolm manuel marc marcel marcin marco marcus marek mario marius mark marko marshall martin marty marvin mateusz matt
matteo matthew maurice max maxim maximilian mehmet melvin micah michael micheal michal michel miguel mikael mike mikhail milan miles milos miroslav mitch
mitchell mitt mohamed mohammed morgan morris muhammad murray mykhailo mykola nate nathan nathaniel neal ned neil nelson newt nicholas nick nicolas nigel
nikolai nikos noah noel norbert norman olaf olaus oleg oleh oleksandr oleksii oleksiy olexander oliver omar orlando orrin oscar oskar otto owen pablo
pascal patrick paul paulo pavel pavlo pawel pedro pekka per pete peter petr petro petter phil philip philippe phillip pierre piers piotr preston prince
quentin rafael ralph ramon ramzan rand randall randolph randy raphael rashid raul ray raymond recep reggie reginald reince rene rex ricardo richard rick
ricky rishi rob robert roberto robin rod roderick rodney rodrigo roger roland rolf roman ron ronald ronnie rory ross roy ruben rudolf rudolph rudy rupert
russell ryan salman salvador sam samir samuel sander santiago scott sean sebastian serge sergei sergey sergio serhii serhiy seth sidney silvio simon
spencer stanislav stanley stefan stephen steve steven stewart stoyan stuart sven sylvester tareq taras ted terrence terry theodore thomas tiago tim
timothy tobias toby todd tom tomas tomasz tommy toni tony travis trent trevor tristan tyler ulf ulrich urmas vaclav valdis valentin valerii valeriy
vasily vernon victor viktor vince vincent vinnie vito vitali vitaly vlad vladimir vladislav volodymyr vytautas wallace walter warren wayne wesley wilbur
wilfred wilhelm will willard william willie winston wolfgang woodrow xavier yevgeny yitzhak yuri yuriy yves zachary zbigniew zoran artem bogdan borys
denys ihor kyrylo maksym nazar ostap ruslan rustem serhij stepan vadym vasyl viacheslav vyacheslav yaroslav yurii abdel bilal faisal hakan ibrahim jalal
karim khalid mevlut mustafa nasser osama ozgur rajiv ravi sanjay sunil vijay xi yusuf zhang atticus ishmael fitzwilliam ebenezer sherlock huckleberry
heathcliff abel quincey tertius mycroft phileas pip silas dorian gatsby nemo passepartout lemuel starbuck queequeg stubb edmund luc antti alar arvydas
linas rytis kestutis juozas artjoms raimonds guntis egidijus jeppe lokke troels morten magnus espen tore trond jonas bjarni gudmundur laurynas zygimantas
"""

_FEMALE = """
abigail ada adele adriana agnes agnieszka alana alexandra alexandria alice alicia alina alisa alison alma amanda amber amelia amy ana anastasia andrea
angela angelica angelina anita ann anna annabel annalena anne annegret annette annie antonia antje april ariana arlene ashley astrid audrey ava barbara
beata beatrice becky belinda bernadette beth bethany betsy betty beverly bianca bonnie brenda brianna bridget brigitte britney brooke caitlin camilla
candace carla carly carmen carol carole carolina caroline carolyn carrie caroline cassandra catherine cathy cecilia celeste celia celine charlene charlotte
chelsea cheryl chloe christiane christina christine chrystia cindy claire clara clare claudia colleen condoleezza connie constance cordelia corinne cynthia
daisy danielle daria dawn deborah debbie debra deirdre delia denise diana diane dianne dina dolores donna dora doris dorothea dorothy ebba edith eileen ekaterina
elaine eleanor elena elina elisabeth elise eliza elizabeth ella ellen eloise elsa elsie emilia emily emma erica erin esme estelle esther ethel eugenia eva
eve evelyn faith fatima faye felicity fiona florence frances francesca freya gabriela gabrielle gail georgia georgina geraldine gertrude gina gladys gloria
grace greta gretchen gwen gwendolyn hadja hanna hannah harriet hazel heather heidi helen helena helga henrietta hilary hilda hillary holly hope huma ida
ilana ilse imogen ina ines inga ingrid irene irina iris isabel isabella isabelle ivana ivanka ivy iryna jacinda jackie jacqueline jamila jana jane janet
janice janine jasmine jean jeanette jeanine jeanne jen jenna jennifer jenny jessica jill joan joanna joanne jocelyn jodi josephine joy joyce juanita judith
judy julia juliana julie juliet june kaja karen karin karine karla karoline kate katerina katharine katherine kathleen kathryn kathy katie katja katrin
katrina katya kayla kayleigh keisha kellyanne kersti kimberly kirsten kirstjen klara kristen kristin kristina kristine laura lauren lea leah leila lena
lenore leona leslie lilian liliana lillian lily linda lindsay lisa liubov liz liza lois lola loretta lorraine louisa louise lucia lucille lucinda lucy
ludmila lydia lynn lynne mabel madeleine madeline madonna maggie magdalena maia malala mallory mandy mara marcia margaret margarita margot maria mariah
mariam marian marianne marie marilyn marina marion marjorie marlene marsha martha martina mary maryam matilda maureen mavis maxine megan meghan mei melania
melanie melinda melissa mercedes meredith mette mia michaela michele michelle mika mildred millie mina minnie mira miranda miriam mitzi moira mollie molly
mona monica monika muriel myra myrtle nadezhda nadia nadine nan nancy naomi natalia natalie natalya natasha nellie nina nicola nicole nikki nora norma octavia
oksana olena olga olha olivia opal ophelia pam pamela patricia patti patty paula pauline pearl peggy penelope penny petra phoebe phyllis polina polly
priscilla rachael rachel ramona rebecca regina renata renate reta rhonda rita roberta rosa rosalind rose rosemary roxanne ruby ruth sabrina sally salma samantha
sandra sanna sara sarah sasha savannah selena serena shannon sharon sheila shelby shelley sherry sheryl shirley sigrid silvia simone siobhan sofia sonia sonya
sophia sophie stacey stacy stella stephanie sue susan susana susanna susie suzanne svetlana svitlana sviatlana sylvia tabitha tamara tammy tania tanya tara
tatiana tatyana teresa terri tess tessa thelma theresa therese tiffany tina toni tonya tracey tracy tricia trudy tulsi ulla uma ursula valentina valerie
vanessa vera veronica victoria viktoriia viola violet virginia viviane vivian viorica wanda wendy wilhelmina wilma winifred wynonna yalda yana yolanda
yulia yuliia yvette yvonne zainab zeynep zoe zofia zsuzsanna zuzana malgorzata ewa magda inese ingrida dalia viktorija ausrine giedre maja tonje anniken
emine aysha ayesha nilufar hadiza kamala elise karine annika lotta mari riikka krista kelly-anne katarina lubna nino salome maka natela vjosa albulena rumen
marianna ines-maria estella cosette fantine scarlett hermia rowena ottilie lizaveta sonja dunya elinor guinevere ligeia josefine justine nastasya aglaya
"""

_BOTH = frozenset(
    [
        "terry",
        "robin",
        "morgan",
        "jordan",
        "jamie",
        "kelly",
        "kim",
        "jean",
        "andrea",
        "stacy",
        "tracy",
        "lynn",
        "lee",
        "dana",
        "ashley",
        "alexis",
        "leslie",
        "jackie",
        "kerry",
        "casey",
        "taylor",
        "sandy",
        "pat",
        "carmel",
        "sidney",
        "evelyn",
        "vivian",
        "marion",
        "jan",
    ]
)
MALE = frozenset(_MALE.split())
FEMALE = frozenset(_FEMALE.split())


def gender_of(given_name: str) -> str | None:
    """ "m" or "f" for a given name that tells, None for one that does not."""
    name = given_name.casefold().strip(".'’")
    male, female = name in MALE, name in FEMALE
    if male == female or name in _BOTH:
        return None
    return "m" if male else "f"
