import { dictionary as common } from '@zxcvbn-ts/language-common'
import { dictionary as french } from '@zxcvbn-ts/language-fr'

/**
 * Words that people put into passwords and guessing programs try first, in two sources.
 * Packages kept offline hold some fifty thousand common passwords and French names.
 * Our own list adds words of the trade and of this service, short names, keyboard rows.
 * Each counts as one character in password-rules.ts, whatever is added around. Any other French word counts as two.
 */

/**
 * Small letters without accents, as password-rules.ts compares them. Shorter ones would be met by chance in a random
 * password.
 */
const known = (...lists: readonly (readonly string[])[]) => {
  let words: ReadonlySet<string> | undefined
  return (): ReadonlySet<string> => {
    words ??= new Set(
      lists.flatMap(list =>
        list.map(word => word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')).filter(word => word.length >= 5),
      ),
    )
    return words
  }
}
// Made when a password is first judged: a process that judges none starts without them.
export const commonPasswords = known(common['passwords-common'], french['firstnames-fr'], french['lastnames-fr'])
export const frenchWords = known(french['commonWords-fr'], french['wikipedia-fr'])

/** Words that follow one another: a phrase made of one series says nothing more than its first word. */
export const series: readonly (readonly string[])[] = [
  ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  [
    'janvier',
    'fevrier',
    'mars',
    'avril',
    'mai',
    'juin',
    'juillet',
    'aout',
    'septembre',
    'octobre',
    'novembre',
    'decembre',
  ],
  ['printemps', 'ete', 'automne', 'hiver'],
  [
    'zero',
    'un',
    'deux',
    'trois',
    'quatre',
    'cinq',
    'six',
    'sept',
    'huit',
    'neuf',
    'dix',
    'onze',
    'douze',
    'treize',
    'quatorze',
    'quinze',
    'seize',
    'vingt',
    'trente',
    'cent',
    'mille',
  ],
  ['rouge', 'orange', 'jaune', 'vert', 'bleu', 'indigo', 'violet', 'blanc', 'noir', 'rose', 'gris', 'marron'],
  [
    'alpha',
    'bravo',
    'charlie',
    'delta',
    'echo',
    'foxtrot',
    'golf',
    'hotel',
    'india',
    'juliet',
    'kilo',
    'lima',
    'mike',
    'november',
    'oscar',
    'papa',
    'quebec',
    'romeo',
    'sierra',
    'tango',
    'uniform',
    'victor',
    'whisky',
    'xray',
    'yankee',
    'zulu',
  ],
]

const ofPasswords =
  'mdp pass passphrase secrete code login connexion identifiant utilisateur user administrateur root test essai demo temp temporaire defaut changemoi bienvenue ouvretoi qwertz abc bonsoir coucou merci'
const ofTheTrade =
  'campagnes coordonnee coordonnees francetravail poleemploi anpe apec capemploi missionlocale locale emploi emplois job recrutement recruter employeur entreprise conseiller conseillere agence formation chomage reseau structure partenaire responsable gestion compte comptes mairie commune departement etat republique proconnect rgc clpe plie direction accueil equipe informatique ordinateur'
const ofEveryDay =
  'lune bebe papa enfants ange roi cafe vin pastis biere foot velo moto plage mer soleils egalite fraternite lyon lille nice rennes strasbourg montpellier corse chat lion loup licorne star dieu bonheur joie sourire merveille magique'
const firstNames = 'anne axel eric emma hugo jean lea marc paul theo yves zoe'

export const commonWords: ReadonlySet<string> = new Set(
  [...`${ofPasswords} ${ofTheTrade} ${ofEveryDay} ${firstNames}`.split(' '), ...series.flat()].filter(
    word => word.length >= 3,
  ),
)

/**
 * Keys that lie one beside the other or one below the other, on French and English keyboards. A walk along them counts
 * as one character.
 */
const rows = [
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1234567890',
  '&é"\'(-è_çà)=',
  '!@#$%^&*()',
  'abcdefghijklmnopqrstuvwxyz',
]
const columns = [
  '1aqw',
  '2zsx',
  '3edc',
  '4rfv',
  '5tgb',
  '6yhn',
  '7uj',
  '8ik',
  '9ol',
  '0pm',
  '1qaz',
  '2wsx',
  '1a2z3e4r5t6y7u8i9o0p',
  'aqzsedrftgyhujikolpm',
  '1q2w3e4r5t6y7u8i9o0p',
  'qawsedrftgyhujikolp',
]
export const walks: readonly string[] = [...rows, ...columns].flatMap(keys => [keys, [...keys].reverse().join('')])
