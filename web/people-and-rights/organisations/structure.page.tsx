import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatCount, formatDay, formatList, today } from '../../platform/format.ts'
import { territoryName } from '../../territory-and-register/territories/words.ts'
import { Badge, Button, DataTable, Empty, Loaded, Page, Section } from '../../ui/index.ts'
import { Agencies, type OpenAgency } from './agencies.tsx'
import { AgencyDialog } from './agency-dialog.tsx'
import { CloseAgencyDialog } from './close-agency.tsx'
import { structureQuery } from './queries.ts'
import { capacityWords, kindWords, type ThirdParty } from './structure-parts.ts'
import { ThirdPartyDialog } from './third-party-dialog.tsx'

export default function StructurePage() {
  const query = useQuery({ ...structureQuery, refetchOnMount: 'always' })
  const [open, setOpen] = useState<{ third: ThirdParty | null } | OpenAgency | null>(null)
  const edits = query.data?.allowed.includes('edit')
  const close = () => setOpen(null)
  return (
    <Page
      title="Compte de la structure"
      lead="Ses agences, et ceux qui interviennent pour elle."
      breadcrumb={[{ label: 'Habilitations', href: '/habilitations' }]}
    >
      <Loaded query={query}>
        {({ territories, agencies, thirdParties }) => (
          <>
            <Section title="Territoires de la structure">
              {territories.length === 0 ? (
                <Empty title="Aucun territoire">
                  La direction régionale de l’opérateur les règle, sur la page de la convention : d’ici là, aucune
                  habilitation ne s’ouvre.
                </Empty>
              ) : (
                <p>
                  {formatList(territories.map(territoryName))}. Aucune habilitation ne s’ouvre au-delà ; la direction
                  régionale de l’opérateur les règle, sur la page de la convention.
                </p>
              )}
            </Section>
            <Section
              title="Délégataires et prestataires"
              {...(edits
                ? {
                    actions: (
                      <Button size="small" priority="secondary" onClick={() => setOpen({ third: null })}>
                        Déclarer
                      </Button>
                    ),
                  }
                : {})}
            >
              {thirdParties.length === 0 ? (
                <Empty title="Aucun délégataire ni prestataire">
                  Déclarez-les avant d’ouvrir un compte à leurs personnes.
                </Empty>
              ) : (
                <DataTable
                  caption="Délégataires et prestataires"
                  hideCaption
                  rows={thirdParties}
                  keyOf={({ id }) => id}
                  columns={[
                    {
                      head: 'Nom',
                      cell: ({ name, kind }) => (
                        <span className="cc-two">
                          {name}
                          <span className="fr-hint-text">{kindWords[kind]}</span>
                        </span>
                      ),
                    },
                    { head: 'Qualité', cell: ({ capacity }) => capacityWords[capacity] },
                    {
                      head: 'Dates',
                      cell: ({ startsOn, endsOn }) => (
                        <span className="cc-two">
                          du {formatDay(startsOn)}
                          {endsOn && ` au ${formatDay(endsOn)}`}
                          {endsOn && endsOn < today() && <Badge tone="warning">terminé</Badge>}
                        </span>
                      ),
                    },
                    {
                      head: 'Preuve des obligations',
                      cell: ({ evidence, evidenceOn }) => (
                        <span className="cc-two">
                          {evidence}
                          <span className="fr-hint-text">du {formatDay(evidenceOn)}</span>
                        </span>
                      ),
                      secondary: true,
                    },
                    { head: 'Comptes', cell: ({ people }) => formatCount(people, 'personne') },
                  ]}
                  acts={third =>
                    edits && (
                      <Button size="small" priority="tertiary" onClick={() => setOpen({ third })}>
                        Modifier<span className="fr-sr-only"> {third.name}</span>
                      </Button>
                    )
                  }
                />
              )}
            </Section>
            <Agencies agencies={agencies} edits={edits === true} onOpen={setOpen} />
          </>
        )}
      </Loaded>
      {open && 'third' in open && <ThirdPartyDialog third={open.third} onClose={close} />}
      {open && 'closes' in open && <CloseAgencyDialog agency={open.closes} onClose={close} />}
      {open && 'agency' in open && <AgencyDialog agency={open.agency} onClose={close} />}
    </Page>
  )
}
