import '../habilitations/habilitations.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  capacities,
  declareAgency,
  declareThirdParty,
  editAgency,
  editThirdParty,
  type getStructure,
} from '../../contract/habilitations.ts'
import type { Reply } from '../../contract/route.ts'
import { habilitationsChanged, structureQuery } from '../habilitations/queries.ts'
import { capacityWords } from '../habilitations/words.ts'
import { call } from '../platform/api.ts'
import { formatCount, formatDay, formatList, today } from '../platform/format.ts'
import { TerritoryField } from '../territories/territory-field.tsx'
import { territoryChoice, territoryName } from '../territories/words.ts'
import {
  Badge,
  Button,
  type Choice,
  DataTable,
  DateField,
  Dialog,
  Empty,
  Form,
  Loaded,
  Page,
  RadioKeys,
  Section,
  TextArea,
  TextField,
  tellReader,
} from '../ui/index.ts'

type Structure = Reply<typeof getStructure>
type ThirdParty = Structure['thirdParties'][number]
type Agency = Structure['agencies'][number]
const kindWords = { delegate: 'Délégataire', contractor: 'Prestataire' } as const

export default function StructurePage() {
  const query = useQuery({ ...structureQuery, refetchOnMount: 'always' })
  const [open, setOpen] = useState<{ third: ThirdParty | null } | { agency: Agency | null } | null>(null)
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
            <Section
              title="Agences"
              {...(edits
                ? {
                    actions: (
                      <Button size="small" priority="secondary" onClick={() => setOpen({ agency: null })}>
                        Déclarer une agence
                      </Button>
                    ),
                  }
                : {})}
            >
              {agencies.length === 0 ? (
                <Empty title="Aucune agence">
                  Une agence réunit les territoires qu’elle sert : une habilitation peut porter sur elle.
                </Empty>
              ) : (
                <DataTable
                  caption="Agences"
                  hideCaption
                  keys={false}
                  rows={agencies}
                  keyOf={({ id }) => id}
                  columns={[
                    { head: 'Nom', cell: ({ name }) => name },
                    { head: 'Territoires', cell: ({ territories }) => formatList(territories.map(territoryName)) },
                  ]}
                  acts={agency =>
                    edits && (
                      <Button size="small" priority="tertiary" onClick={() => setOpen({ agency })}>
                        Modifier<span className="fr-sr-only"> {agency.name}</span>
                      </Button>
                    )
                  }
                />
              )}
            </Section>
          </>
        )}
      </Loaded>
      {open && 'third' in open && <ThirdPartyDialog third={open.third} onClose={close} />}
      {open && 'agency' in open && <AgencyDialog agency={open.agency} onClose={close} />}
    </Page>
  )
}

const ThirdPartyDialog = ({ third, onClose }: { third: ThirdParty | null; onClose: () => void }) => {
  const [kind, setKind] = useState<string>(third?.kind ?? 'contractor')
  return (
    <Dialog
      title={third ? `Modifier ${third.name}` : 'Déclarer un délégataire ou un prestataire'}
      shape="side"
      onClose={onClose}
    >
      <Form
        submit="Enregistrer"
        done="C’est enregistré."
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          const body = {
            name: values.name!,
            siret: values.siret?.replace(/\D/g, '') || null,
            capacity: values.capacity as 'processor',
            startsOn: values.startsOn!,
            endsOn: values.endsOn || null,
            evidence: values.evidence!,
            evidenceOn: values.evidenceOn!,
          }
          if (third)
            await call(editThirdParty, {
              params: { thirdPartyId: third.id },
              body,
              ifMatch: third.version,
              idempotencyKey,
            })
          else await call(declareThirdParty, { body: { kind: kind as 'delegate', ...body }, idempotencyKey })
          await habilitationsChanged()
          onClose()
        }}
      >
        {!third && (
          <RadioKeys
            name="kind"
            label="Lien avec la structure"
            required
            value={kind}
            onChange={setKind}
            options={[
              { value: 'delegate', label: 'Délégataire' },
              { value: 'contractor', label: 'Prestataire' },
            ]}
          />
        )}
        <TextField name="name" label="Nom" required maxLength={200} defaultValue={third?.name ?? ''} />
        <TextField
          name="siret"
          label="SIRET"
          inputMode="numeric"
          maxLength={17}
          width="medium"
          defaultValue={third?.siret ?? ''}
        />
        <RadioKeys
          name="capacity"
          label="Qualité pour les données personnelles"
          required
          options={capacities.map(value => ({
            value,
            label: capacityWords[value].charAt(0).toUpperCase() + capacityWords[value].slice(1),
          }))}
          {...(third ? { defaultValue: third.capacity } : {})}
        />
        <DateField name="startsOn" label="Intervient depuis le" required defaultValue={third?.startsOn ?? ''} />
        <DateField
          name="endsOn"
          label="Jusqu’au"
          hint={
            (third?.kind ?? kind) === 'contractor'
              ? 'Les comptes de ses personnes finissent ce jour-là'
              : 'Sans date, tant que rien n’y met fin'
          }
          required={(third?.kind ?? kind) === 'contractor'}
          defaultValue={third?.endsOn ?? ''}
        />
        <TextArea
          name="evidence"
          label="Preuve de ses obligations"
          hint="L’acte qui le tient à des obligations au moins égales à celles de la convention, et où il est gardé"
          required
          maxLength={500}
          rows={3}
          defaultValue={third?.evidence ?? ''}
        />
        <DateField
          name="evidenceOn"
          label="Date de cet acte"
          required
          max={today()}
          defaultValue={third?.evidenceOn ?? ''}
        />
      </Form>
    </Dialog>
  )
}

const AgencyDialog = ({ agency, onClose }: { agency: Agency | null; onClose: () => void }) => {
  const [territories, setTerritories] = useState<readonly Choice[]>(agency?.territories.map(territoryChoice) ?? [])
  return (
    <Dialog title={agency ? `Modifier ${agency.name}` : 'Déclarer une agence'} onClose={onClose}>
      <Form
        submit="Enregistrer"
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          const body = { name: values.name!, territories: territories.map(t => Number(t.value)) }
          const { told } = agency
            ? await call(editAgency, { params: { agencyId: agency.id }, body, idempotencyKey })
            : { told: null, ...(await call(declareAgency, { body, idempotencyKey })) }
          await habilitationsChanged()
          tellReader('C’est enregistré.', told)
          onClose()
        }}
      >
        <TextField name="name" label="Nom" required maxLength={200} defaultValue={agency?.name ?? ''} />
        <TerritoryField
          name="add"
          label="Territoires qu’elle sert"
          hint="Choisissez-les un par un, parmi ceux de votre structure"
          own
          required={territories.length === 0}
          value={null}
          onChange={choice =>
            choice && !territories.some(t => t.value === choice.value) && setTerritories([...territories, choice])
          }
        />
        {territories.length > 0 && (
          <ul>
            {territories.map(t => (
              <li key={t.value}>
                {t.label}{' '}
                <Button
                  size="small"
                  priority="tertiary"
                  onClick={() => setTerritories(territories.filter(o => o.value !== t.value))}
                >
                  Retirer<span className="fr-sr-only"> {t.label}</span>
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Form>
    </Dialog>
  )
}
