import { useState } from 'react'
import type { listTools } from '../../../contract/agreement/tools.ts'
import { ofName } from '../../../contract/names-in-french.ts'
import { categoriesOf, type Reply } from '../../../contract/route.ts'
import { dayOf, formatDay, formatInstant } from '../../platform/format.ts'
import { dataCategoryWords, toolWords } from '../../platform/words.ts'
import { Badge, Button, Card, Facts, Link } from '../../ui/index.ts'
import { SayState } from './say-state.tsx'
import { serviceTones, serviceWords } from './words.ts'

type ToolLine = Reply<typeof listTools>['items'][number]

/** A line of facts for what annex 4 does not open of the tool; none where it opens all. */
const closedOf = ({ tool, categories }: ToolLine): [string, string][] => {
  const closed = categoriesOf[tool].filter(category => !categories.includes(category))
  return closed.length > 0
    ? [['Données que l’annexe 4 n’ouvre pas', closed.map(category => dataCategoryWords[category]).join(', ')]]
    : []
}

export const ToolCard = ({ tool, maySayState }: { tool: ToolLine; maySayState: boolean }) => {
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
            ...closedOf(tool),
            ['Engagements de service', tool.commitments ?? ''],
          ]}
        />
      )}
      <ul className="cc-inline-list">
        <li>
          {tool.cpu ? (
            <Link href={`/textes/${tool.cpu.id}`}>
              Conditions particulières (version {tool.cpu.version})<span className="fr-sr-only"> {ofName(name)}</span>
            </Link>
          ) : (
            'Pas de conditions particulières publiées'
          )}
        </li>
        {tool.documentationUrl && (
          <li>
            <Link href={tool.documentationUrl} target="_blank">
              Documentation<span className="fr-sr-only"> {ofName(name)}</span>
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
            Dire l’état du service<span className="fr-sr-only"> {ofName(name)}</span>
          </Button>
        </div>
      )}
      {saying && <SayState tool={tool.tool} current={tool.service?.state} onClose={() => setSaying(false)} />}
    </Card>
  )
}
