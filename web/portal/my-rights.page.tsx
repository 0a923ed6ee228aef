import { useQuery } from '@tanstack/react-query'
import type { listMyRights } from '../../contract/portal.ts'
import type { Reply } from '../../contract/route.ts'
import { formatDay, formatList, today } from '../platform/format.ts'
import { profileWords, territoryInWords, toolWords } from '../platform/words.ts'
import { Badge, Button, Card, Columns, Empty, Link, Loaded, Page, Section } from '../ui/index.ts'
import { rightsQuery } from './queries.ts'
import { missingWords, opens } from './words.ts'

type Rights = Reply<typeof listMyRights>

export default function MyRightsPage() {
  const query = useQuery({ ...rightsQuery, refetchOnMount: 'always' })
  return (
    <Page
      title="Mes droits"
      lead="Ce que vos habilitations ouvrent, et ce qui leur manque."
      actions={
        <Button priority="secondary" href="/demander-un-acces">
          Demander un accès
        </Button>
      }
    >
      <Loaded query={query} lines={8}>
        {rights => (
          <Columns shape="aside">
            <Section title="Mes habilitations">
              {rights.items.length === 0 && (
                <Empty title="Aucune habilitation en cours">
                  {rights.accountManagers.length > 0
                    ? `Demandez-la à ${namesOf(rights.accountManagers)}.`
                    : 'Le responsable de gestion de comptes (RGC) de votre structure les donne, outil par outil.'}
                </Empty>
              )}
              {rights.items.map(item => (
                <Grant
                  key={`${item.tool} ${item.profile} ${item.territory.id} ${item.since}`}
                  item={item}
                  rights={rights}
                />
              ))}
            </Section>
            <Who rights={rights} />
          </Columns>
        )}
      </Loaded>
    </Page>
  )
}

const namesOf = (people: Rights['accountManagers']) => formatList(people.map(p => p.name))
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
          : 'le responsable de la formation de votre structure',
    signatory: 'le signataire de votre structure et la direction régionale de l’opérateur',
    cssi: 'le correspondant sécurité de l’opérateur (CSSI)',
    operator: 'l’opérateur, qui tient la liste des outils communs',
  })[who]

const Grant = ({ item, rights }: { item: Rights['items'][number]; rights: Rights }) => (
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

const Who = ({ rights: { accountManagers, awareness, allowed } }: { rights: Rights }) => (
  <div>
    <Section title="Qui gère les comptes">
      {accountManagers.length > 0 ? (
        <ul>
          {accountManagers.map(({ id, name }) => (
            <li key={id}>{name}</li>
          ))}
        </ul>
      ) : (
        <p>
          Votre structure n’a pas de responsable de gestion de comptes (RGC) en exercice : son signataire le désigne.
        </p>
      )}
    </Section>
    <Section title="Ma sensibilisation à la sécurité">
      <p className="fr-mb-1v">
        {awareness.lastOn ? `La dernière date du ${formatDay(awareness.lastOn)}.` : 'Aucune n’est notée.'}{' '}
        {awareness.dueOn < today() ? (
          <>
            <Badge tone="error">dépassée</Badge> Elle était à renouveler avant le {formatDay(awareness.dueOn)}.
          </>
        ) : (
          <>À renouveler avant le {formatDay(awareness.dueOn)}.</>
        )}
      </p>
      <p className="fr-hint-text">
        {awareness.cuts ? 'Dépassée, elle suspend vos habilitations.' : 'Dépassée, elle donne lieu à un rappel.'}
      </p>
    </Section>
    <Section title="À lire">
      <ul>
        <li>
          <Link href="/textes">Conditions et règles</Link>
        </li>
        <li>
          <Link href="/outils">Outils communs</Link>
        </li>
      </ul>
    </Section>
    <Section title="Ma structure">
      <ul>
        {allowed.includes('follow-awareness') && (
          <li>
            <Link href="/sensibilisations">Sensibilisations à la sécurité</Link>
          </li>
        )}
        <li>
          <Link href="/equipement">Équipement de la structure</Link>
        </li>
        <li>
          <Link href="/demandes-d-acces">Demandes d’accès à la plateforme</Link>
        </li>
      </ul>
      <Button size="small" priority="tertiary" href="/mon-compte">
        Mon compte
      </Button>
    </Section>
  </div>
)
