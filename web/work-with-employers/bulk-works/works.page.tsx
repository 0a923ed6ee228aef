import { formatInstant } from '../../platform/format.ts'
import { Badge, Button, DataTable, Empty, Loaded, Page } from '../../ui/index.ts'
import { type LongWork, useLongWorks } from './long-works.ts'

/** What one asked that takes long: under way, done, failed, undone. */
export default function WorksPage() {
  const { works, query } = useLongWorks()
  return (
    <Page
      title="Mes travaux longs"
      lead="Ce que vous avez demandé et qui prend du temps : vous pouvez le quitter, et le retrouver ici."
    >
      <Loaded
        query={query}
        empty={() =>
          works.length === 0 && (
            <Empty title="Aucun travail">
              Depuis les cibles d’une campagne que vous pilotez, « Actions groupées » met de côté des milliers de
              cibles, les remet, ou les clôt. Depuis votre portefeuille, « Déplacer des actions » en change le jour, «
              Confier des actions » les passe à un collègue, et « Importer un fichier » reprend ceux que vous tenez. Les
              exports et les rapports demandés dans cet onglet s’y suivent aussi.
            </Empty>
          )
        }
      >
        {() => (
          <>
            <DataTable
              caption="Mes travaux longs, les derniers d’abord"
              hideCaption
              rows={works}
              keyOf={({ key }) => key}
              href={({ href }) => href}
              columns={[
                {
                  head: 'Travail',
                  cell: ({ label, about }) => (
                    <span className="cc-two">
                      {label}
                      <span className="fr-hint-text">{about}</span>
                    </span>
                  ),
                },
                { head: 'Demandé', cell: ({ askedAt }) => formatInstant(askedAt) },
                { head: 'État', cell: ({ word, tone }) => <Badge tone={tone}>{word}</Badge> },
                { head: 'Avancement', cell: work => <HowFar work={work} /> },
              ]}
            />
            <p className="fr-text--sm fr-mt-2w fr-mb-0">
              Les actes en nombre continuent sans vous ; les fichiers d’employeurs avancent tant que le service est
              ouvert dans un onglet. Les uns et les autres restent ici 90 jours. Les exports et les rapports sont ceux
              de cet onglet : le service n’en garde pas de copie, seulement la trace au journal.
            </p>
          </>
        )}
      </Loaded>
    </Page>
  )
}

const HowFar = ({ work: { figures, label, stop } }: { work: LongWork }) =>
  stop ? (
    <>
      {figures}{' '}
      <Button size="small" priority="tertiary" onClick={stop}>
        Arrêter<span className="fr-sr-only"> : {label}</span>
      </Button>
    </>
  ) : (
    figures
  )
