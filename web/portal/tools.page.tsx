import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listAnnex4, type listTools, recordToolState, toolStates } from '../../contract/portal.ts'
import type { Reply, Tool } from '../../contract/route.ts'
import { call } from '../platform/api.ts'
import { dayOf, formatDay, formatInstant } from '../platform/format.ts'
import { toolWords } from '../platform/words.ts'
import {
  Badge,
  Button,
  Card,
  Dialog,
  Empty,
  Facts,
  Form,
  Link,
  Loaded,
  Page,
  RadioKeys,
  Section,
  TextArea,
} from '../ui/index.ts'
import { portalChanged, toolsQuery } from './queries.ts'
import { datesOf, serviceTones, serviceWords, stateWords } from './words.ts'

type ToolLine = Reply<typeof listTools>['items'][number]

export default function ToolsPage() {
  const query = useQuery(toolsQuery)
  const annex = query.data?.annex
  return (
    <Page
      title="Outils communs"
      lead={
        annex
          ? `Annexe 4 de la convention, version ${annex.number}, depuis le ${formatDay(dayOf(annex.inForceFrom))}.`
          : 'Les outils que la convention ouvre aux structures (annexe 4).'
      }
      {...(query.data?.allowed.includes('publish')
        ? {
            actions: (
              <Button priority="secondary" href="/outils/annexe-4/publier">
                Publier l’annexe 4
              </Button>
            ),
          }
        : {})}
    >
      <Loaded query={query} lines={9}>
        {({ items, allowed }) => (
          <>
            {items.map(tool => (
              <ToolCard key={tool.tool} tool={tool} maySayState={allowed.includes('record-state')} />
            ))}
          </>
        )}
      </Loaded>
      <AnnexVersions />
    </Page>
  )
}

const ToolCard = ({ tool, maySayState }: { tool: ToolLine; maySayState: boolean }) => {
  const [saying, setSaying] = useState(false)
  const name = toolWords[tool.tool]
  return (
    <Card>
      <div className="cc-section__head">
        <h2 className="fr-h5 fr-mb-0">{name}</h2>
        {!tool.open && <Badge>fermé</Badge>}
        {tool.open &&
          (tool.service ? (
            <Badge tone={serviceTones[tool.service.state]}>{serviceWords[tool.service.state]}</Badge>
          ) : (
            <Badge>état non renseigné</Badge>
          ))}
      </div>
      {tool.service && (
        <p className="fr-mb-1w">
          {tool.service.message}{' '}
          <span className="fr-hint-text">
            Depuis le {formatInstant(tool.service.since)}
            {tool.service.recordedAt !== tool.service.since &&
              ` ; dernière nouvelle le ${formatInstant(tool.service.recordedAt)}`}
            .
          </span>
        </p>
      )}
      {tool.closesAt && (
        <p className="fr-mb-1w">
          <strong>Cet outil ferme le {formatDay(dayOf(tool.closesAt))}</strong> : ses habilitations prendront fin ce
          jour-là.
        </p>
      )}
      {tool.opensFrom && !tool.open && <p className="fr-mb-1w">Il ouvre le {formatDay(dayOf(tool.opensFrom))}.</p>}
      {tool.purpose === null ? (
        <p className="fr-mb-1w">L’opérateur n’a pas encore publié le descriptif de cet outil.</p>
      ) : (
        <Facts
          items={[
            ['Finalité', tool.purpose],
            [
              'Données',
              <ul key="donnees" className="fr-mb-0">
                {tool.dataCategories.map(category => (
                  <li key={category}>{category}</li>
                ))}
              </ul>,
            ],
            ['Engagements de service', tool.commitments ?? ''],
          ]}
        />
      )}
      <ul className="cc-inline-list">
        <li>
          {tool.cpu ? (
            <Link href={`/textes/${tool.cpu.id}`}>
              Conditions particulières (version {tool.cpu.version})<span className="fr-sr-only"> de {name}</span>
            </Link>
          ) : (
            'Pas de conditions particulières publiées'
          )}
        </li>
        {tool.documentationUrl && (
          <li>
            <Link href={tool.documentationUrl} target="_blank">
              Documentation<span className="fr-sr-only"> de {name}</span>
            </Link>
          </li>
        )}
        <li>
          {tool.mine ? (
            <Link href="/mes-droits">Vous avez accès à cet outil</Link>
          ) : (
            <Link href="/mes-droits">Vous n’avez pas accès à cet outil : voir pourquoi</Link>
          )}
        </li>
      </ul>
      {maySayState && (
        <div className="fr-mt-2w">
          <Button size="small" priority="tertiary" onClick={() => setSaying(true)}>
            Dire l’état du service<span className="fr-sr-only"> de {name}</span>
          </Button>
        </div>
      )}
      {saying && <SayState tool={tool.tool} current={tool.service?.state} onClose={() => setSaying(false)} />}
    </Card>
  )
}

const SayState = ({
  tool,
  current,
  onClose,
}: {
  tool: Tool
  current: (typeof toolStates)[number] | undefined
  onClose: () => void
}) => (
  <Dialog title={`État de ${toolWords[tool]}`} onClose={onClose}>
    <Form
      submit="Publier l’état"
      done="L’état du service est publié."
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        await call(recordToolState, {
          params: { tool },
          body: { state: values.state as (typeof toolStates)[number], message: (values.message ?? '').trim() },
          idempotencyKey,
        })
        await portalChanged()
        onClose()
      }}
    >
      <RadioKeys
        name="state"
        label="État"
        required
        layout="column"
        {...(current ? { defaultValue: current } : {})}
        options={toolStates.map(value => ({ value, label: serviceWords[value] }))}
      />
      <TextArea name="message" label="Ce que les personnes liront" maxLength={500} rows={3} />
    </Form>
  </Dialog>
)

const AnnexVersions = () => {
  const versions = useQuery({ queryKey: ['portal', 'annex'], queryFn: ({ signal }) => call(listAnnex4, { signal }) })
  return (
    <Section title="Versions de l’annexe 4" id="annexe-4">
      <p>
        L’opérateur modifie seul cette annexe. Un outil qui en sort perd ses habilitations à l’instant où la version
        prend effet.
      </p>
      <Loaded
        query={versions}
        lines={3}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Aucune version n’est publiée">
              Les trois outils sont ouverts ; leur descriptif paraîtra avec la première version.
            </Empty>
          )
        }
      >
        {({ items }) => (
          <ul className="cc-plain-list">
            {items.map(item => (
              <li key={item.id}>
                <details>
                  <summary className="cc-summary">
                    Version {item.number}, {datesOf(item)}{' '}
                    <Badge tone={item.state === 'in-force' ? 'success' : item.state === 'to-come' ? 'info' : 'neutral'}>
                      {stateWords[item.state]}
                    </Badge>
                  </summary>
                  <p className="fr-mb-1w">{item.note}</p>
                  <Facts
                    items={item.entries.map(entry => [
                      toolWords[entry.tool],
                      `${entry.purpose} Données : ${entry.dataCategories.join(', ').toLowerCase()}. ${entry.commitments}`,
                    ])}
                  />
                </details>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}
