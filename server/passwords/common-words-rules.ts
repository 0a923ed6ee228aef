/**
 * What people put into passwords, and guessing programs try first. Written here and made by rule, from nothing fetched: words of every day, of the
 * trade and of this service, first names, keyboard rows. Each counts as one character in password-rules.ts, whatever is added around.
 */

/** Words that follow one another: a phrase made of one series says nothing more than its first word. */
export const series: readonly (readonly string[])[] = [
  ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  ['janvier', 'fevrier', 'mars', 'avril', 'mai', 'juin', 'juillet', 'aout', 'septembre', 'octobre', 'novembre', 'decembre'],
  ['printemps', 'ete', 'automne', 'hiver'],
  ['zero', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix', 'onze', 'douze', 'treize', 'quatorze', 'quinze', 'seize', 'vingt', 'trente', 'cent', 'mille'],
  ['rouge', 'orange', 'jaune', 'vert', 'bleu', 'indigo', 'violet', 'blanc', 'noir', 'rose', 'gris', 'marron'],
  ['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'hotel', 'india', 'juliet', 'kilo', 'lima', 'mike', 'november', 'oscar', 'papa', 'quebec', 'romeo', 'sierra', 'tango', 'uniform', 'victor', 'whisky', 'xray', 'yankee', 'zulu'],
]

const ofPasswords = 'motdepasse motdepass mdp password passwd passe pass passphrase secret secrete code acces login connexion identifiant utilisateur user admin administrateur administrator root invite guest test essai demo temp temporaire defaut default changeme changemoi change welcome bienvenue letmein ouvretoi sesame azerty qwerty qwertz iloveyou jetaime monkey dragon master hello abc bonjour bonsoir salut coucou merci'
const ofTheTrade = 'campagne campagnes coordonnee coordonnees francetravail poleemploi anpe apec capemploi missionlocale mission locale emploi emplois travail job recrutement recruter employeur entreprise conseiller conseillere agence insertion formation chomage reseau structure partenaire responsable pilote gestion compte comptes service services public mairie commune ville departement region etat republique proconnect siret siren rgc clpe plie bureau direction accueil contact equipe informatique ordinateur internet'
const ofEveryDay = 'soleil lune etoile amour coeur chouchou loulou doudou bebe maman papa famille enfant enfants mamour cherie cheri ange princesse prince reine roi chocolat fraise cerise banane orange pomme poulet fromage cafe vin pastis biere football foot rugby tennis velo moto voiture maison jardin vacances plage mer montagne soleils liberte egalite fraternite france francais paris marseille lyon toulouse bordeaux nantes lille nice rennes strasbourg montpellier bretagne corse chat chien chaton lapin cheval tigre lion dauphin papillon oiseau loup licorne musique guitare piano cinema photo star superman batman pokemon mario minecraft naruto starwars jesus dieu bonheur joie sourire merveille magique tresor diamant cristal'
const firstNames = 'adele alain alexandre alice amelie andre anne antoine arthur aurelie axel camille caroline catherine celine charles charlotte chloe christine christophe claire claude clement daniel david denis eric emilie emma florence francois gabriel georges gerard guillaume helene hugo isabelle jacques jean jeanne jerome jules julie julien karim kevin laura laurent lea louis louise lucas lucie manon marc marie marine martin mathieu maxime michel mohamed monique nathalie nicolas noemie olivier pascal patrick paul pauline philippe pierre quentin raphael romain sandrine sarah sebastien simon sophie stephane sylvie theo thierry thomas valentin valerie veronique vincent yves zoe'

export const commonWords: ReadonlySet<string> = new Set([...`${ofPasswords} ${ofTheTrade} ${ofEveryDay} ${firstNames}`.split(' '), ...series.flat()].filter(word => word.length >= 3))

/** Keys that lie one beside the other or one below the other, on French and English keyboards. A walk along them counts as one character. */
const rows = ['azertyuiop', 'qsdfghjklm', 'wxcvbn', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890', '&é"\'(-è_çà)=', '!@#$%^&*()', 'abcdefghijklmnopqrstuvwxyz']
const columns = ['1aqw', '2zsx', '3edc', '4rfv', '5tgb', '6yhn', '7uj', '8ik', '9ol', '0pm', '1qaz', '2wsx', '1a2z3e4r5t6y7u8i9o0p', 'aqzsedrftgyhujikolpm', '1q2w3e4r5t6y7u8i9o0p', 'qawsedrftgyhujikolp']
export const walks: readonly string[] = [...rows, ...columns].flatMap(keys => [keys, [...keys].reverse().join('')])
