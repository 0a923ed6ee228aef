/** How a name stands in a sentence: its article, and what « de », « à » make of it. For screens, mails and files. */

/** Kinds of structures that a name begins with: common nouns, said with an article and without a capital. */
const nouns: readonly [head: RegExp, article: 'la ' | 'le ' | 'l’' | 'les '][] = [
  [
    /^(communauté|métropole|mission|maison|région|ville|commune|chambre|fédération|direction|caisse|fondation|cité)(?=\s|$)/i,
    'la ',
  ],
  [/^(département|conseil|syndicat|pôle|plan|centre|comité|groupement|pays|service|réseau)(?=\s|$)/i, 'le '],
  [/^(association|agence|union|entreprise|établissement|eurométropole|office|unité)(?=\s|$)/i, 'l’'],
  [/^(services|ateliers)(?=\s|$)/i, 'les '],
]
/** Initials are read as a noun: « le PLIE », and keep their capitals. */
const initials: readonly [head: RegExp, article: 'la ' | 'le ' | 'l’'][] = [
  [/^(CC|CA|CU|CCI|CMA|ML)(?=\s|$)/, 'la '],
  [/^(PLIE|CLPE|CCAS|GRETA|CIBC|CIDFF)(?=\s|$)/, 'le '],
  [/^(EPCI|EPT|AFPA)(?=\s|$)/, 'l’'],
]
const startsWithVowel = (name: string) => /^[aeiouâàäéèêëîïôöûü]/i.test(name)

const said = (name: string): { article: string; name: string } => {
  const noun = nouns.find(([head]) => head.test(name))
  if (noun) return { article: noun[1], name: name.charAt(0).toLocaleLowerCase('fr') + name.slice(1) }
  const known = initials.find(([head]) => head.test(name))
  return { article: known?.[1] ?? '', name }
}

/** « la communauté de communes de Montesquieu », « le PLIE Portes du Sud », « France Travail ». */
export const theStructure = (name: string): string => {
  const { article, name: rest } = said(name)
  return `${article}${rest}`
}
/** « de la mission locale », « du PLIE », « d’Alpha Emploi », « de France Travail ». */
export const ofStructure = (name: string): string => {
  const { article, name: rest } = said(name)
  if (article === 'le ') return `du ${rest}`
  if (article === 'les ') return `des ${rest}`
  return article ? `de ${article}${rest}` : ofName(rest)
}
/** « à la mission locale », « au PLIE », « à France Travail ». */
export const toStructure = (name: string): string => {
  const { article, name: rest } = said(name)
  if (article === 'le ') return `au ${rest}`
  if (article === 'les ') return `aux ${rest}`
  return `à ${article}${rest}`
}
/** Of a person or a place: « d’Étienne », « de Claire ». */
export const ofName = (name: string): string => (startsWithVowel(name) ? `d’${name}` : `de ${name}`)
