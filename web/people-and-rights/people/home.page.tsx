import { useQuery } from '@tanstack/react-query'
import type { getHabilitationsHome } from '../../../contract/people-and-rights/grants.ts'
import type { Reply } from '../../../contract/route.ts'
import { formatCount } from '../../platform/format.ts'
import { useMe } from '../../platform/session.ts'
import { Button, ButtonRow, Columns, Empty, Link, Loaded, Page, Section } from '../../ui/index.ts'
import { homeQuery } from './queries.ts'
import { isNotYet, watchedWords } from './words.ts'

/** What an account manager has to do, and whom to look at; each count is that of the page behind it. */
export default function HabilitationsPage() {
  const me = useMe()
  const manages = me.roles.includes('rgc')
  const query = useQuery({ ...homeQuery, refetchOnMount: 'always' })
  /**
   * Anomalies have their own page, which account managers alone read. This is the rest for them, and all for the
   * signatory.
   */
  const toLookAt = (found: Reply<typeof getHabilitationsHome>['anomalies']) =>
    found.filter(({ anomaly, people }) => people > 0 && (!manages || isNotYet(anomaly)))
  return (
    <Page
      title="Habilitations"
      lead={me.organisation.name}
      {...(manages ? { actions: <Button href="/habilitations/personnes/nouvelle">Créer un compte</Button> } : {})}
    >
      <Loaded query={query}>
        {({ requests, confirmations, people, everyone, suspended, open, supplied, anomalies }) => (
          <Columns shape="aside">
            <div>
              <Section title="À décider">
                {confirmations > 0 && (
                  <p>
                    <Link href="/habilitations/confirmations">{formatCount(confirmations, 'confirmation')}</Link>{' '}
                    {confirmations < 2 ? 'attend' : 'attendent'} une seconde personne : vous.
                  </p>
                )}
                {requests > 0 ? (
                  <p>
                    <Link href="/habilitations/demandes">
                      {formatCount(requests, 'demande d’habilitation', 'demandes d’habilitation')}
                    </Link>{' '}
                    {requests < 2 ? 'attend' : 'attendent'} votre décision.
                  </p>
                ) : (
                  confirmations === 0 && (
                    <Empty title="Aucune demande n’attend">Une nouvelle demande vous est signalée par courriel.</Empty>
                  )
                )}
              </Section>
              <Section title="À surveiller">
                {manages && <OpenAnomalies open={open} supplied={supplied} />}
                {toLookAt(anomalies).length === 0 ? (
                  !manages && (
                    <Empty title="Rien à signaler">
                      Aucune anomalie dans les comptes et les habilitations, aucune suspension proche.
                    </Empty>
                  )
                ) : (
                  <ul>
                    {toLookAt(anomalies).map(({ anomaly, people: count }) => (
                      <li key={anomaly}>
                        <Link href={`/habilitations/personnes?a=${anomaly}`}>{formatCount(count, 'personne')}</Link>{' '}
                        {watchedWords[anomaly].group}
                      </li>
                    ))}
                  </ul>
                )}
              </Section>
            </div>
            <Section title="Tenir les comptes">
              <ul>
                <li>
                  <Link href="/habilitations/personnes">
                    {everyone
                      ? formatCount(people, 'personne')
                      : formatCount(
                          people,
                          'responsable de gestion de comptes (RGC)',
                          'responsables de gestion de comptes (RGC)',
                        )}
                  </Link>
                  {suspended > 0 && (
                    <>
                      , dont{' '}
                      <Link href="/habilitations/personnes?etat=suspended">{formatCount(suspended, 'suspendue')}</Link>
                    </>
                  )}
                </li>
                {manages && (
                  <>
                    <li>
                      <Link href="/habilitations/acces">Qui a accès à quoi, aujourd’hui ou un jour passé</Link>
                    </li>
                    <li>
                      <Link href="/habilitations/liberations">Libérations d’adresse, demandées ou à répondre</Link>
                    </li>
                    <li>
                      <Link href="/habilitations/seconds-comptes">
                        Seconds comptes, d’une personne dans deux structures
                      </Link>
                    </li>
                    <li>
                      <Link href="/pseudonymes">Qui est derrière le pseudonyme d’un ancien compte</Link>
                    </li>
                  </>
                )}
                <li>
                  <Link href="/habilitations/structure">Agences, délégataires et prestataires</Link>
                </li>
              </ul>
              {manages && (
                <ButtonRow>
                  <Button size="small" priority="secondary" href="/habilitations/fichier">
                    Créer des comptes par fichier
                  </Button>
                </ButtonRow>
              )}
            </Section>
          </Columns>
        )}
      </Loaded>
    </Page>
  )
}

const OpenAnomalies = ({ open, supplied }: Pick<Reply<typeof getHabilitationsHome>, 'open' | 'supplied'>) =>
  open + supplied > 0 ? (
    <p>
      <Link href="/habilitations/anomalies">{formatCount(open, 'anomalie')}</Link> à corriger dans les comptes et les
      habilitations
      {supplied > 0 && (
        <>
          , et{' '}
          <Link href="/habilitations/anomalies">
            {formatCount(supplied, 'anomalie signalée', 'anomalies signalées')}
          </Link>{' '}
          par l’opérateur
        </>
      )}
      .
    </p>
  ) : (
    <p>
      Aucune anomalie dans les comptes et les habilitations.{' '}
      <Link href="/habilitations/anomalies?etat=corrigees">Celles qui ont été corrigées</Link>
    </p>
  )
