import type { listMyRights } from '../../../contract/agreement/tools.ts'
import type { Reply } from '../../../contract/route.ts'
import { formatDay, formatList } from '../../platform/format.ts'
import { profileWords, territoryInWords, toolWords } from '../../platform/words.ts'
import { Badge, Card, Link } from '../../ui/index.ts'
import { missingWords, opens } from './words.ts'

export type Rights = Reply<typeof listMyRights>

export const namesOf = (people: Rights['accountManagers']) => formatList(people.map(person => person.name))
const helper = (
  who: (typeof missingWords)[keyof typeof missingWords]['who'],
  { accountManagers, trainingLeads }: Rights,
): string =>
  ({
    me: 'vous, en acceptant le texte',
    rgc:
      accountManagers.length > 0
        ? `${namesOf(accountManagers)}, qui gère les comptes de votre structure (RGC)`
        : 'le responsable de gestion de comptes (RGC), que votre structure doit d’abord désigner',
    training:
      trainingLeads.length > 0
        ? `${namesOf(trainingLeads)}, responsable de la formation`
        : accountManagers.length > 0
          ? `${namesOf(accountManagers)}, qui gère les comptes de votre structure (RGC)`
          : 'le responsable de la formation de votre structure, ou le correspondant sécurité de l’opérateur (CSSI)',
    signatory: 'le signataire de votre structure et la direction régionale de l’opérateur',
    cssi: 'le correspondant sécurité de l’opérateur (CSSI)',
    operator: 'les administrateurs de l’opérateur, qui publient les textes et la liste des outils communs',
  })[who]

export const Grant = ({ item, rights }: { item: Rights['items'][number]; rights: Rights }) => (
  <Card level={3}>
    <div className="cc-section__head">
      <h3 className="fr-h6 fr-mb-0">
        {toolWords[item.tool]}, profil {profileWords[item.profile]}
      </h3>
      {item.missing.length === 0 ? <Badge tone="success">en vigueur</Badge> : <Badge tone="warning">sans effet</Badge>}
    </div>
    <p className="fr-mb-1v">{opens[item.tool][item.profile]}</p>
    <p className="fr-hint-text">
      Pour {territoryInWords(item.territory)}, depuis le {formatDay(item.since)}
      {item.until && `, jusqu’au ${formatDay(item.until)}`} ; motif : « {item.reason} »
    </p>
    {item.missing.length > 0 && (
      <ul className="fr-mb-0">
        {item.missing.map(term => {
          const { lacks, who } = missingWords[term]
          return (
            <li key={term}>
              {lacks} Qui peut agir : {helper(who, rights)}.
              {who === 'me' && (
                <>
                  {' '}
                  <Link href="/conditions">Lire et accepter</Link>
                </>
              )}
            </li>
          )
        })}
      </ul>
    )}
  </Card>
)
