// biome-ignore-all lint/suspicious/noArrayIndexKey: a text that is read, and never reordered
import { useQuery } from '@tanstack/react-query'
import { previewConvention } from '../../contract/conventions.ts'
import type { Reply } from '../../contract/route.ts'
import { call } from '../platform/api.ts'
import { formatCount } from '../platform/format.ts'
import { usePathParams } from '../platform/navigation.ts'
import { Loaded, Notice, Page } from '../ui/index.ts'
import './conventions.css'

type Block = Reply<typeof previewConvention>['blocks'][number]
/** Items that follow one another make one list. */
const grouped = (blocks: readonly Block[]): (Block | readonly Block[])[] => {
  const groups: (Block | Block[])[] = []
  for (const block of blocks) {
    const last = groups.at(-1)
    if (block.kind !== 'item') groups.push(block)
    else if (Array.isArray(last)) last.push(block)
    else groups.push([block])
  }
  return groups
}
const Said = ({ parts }: Pick<Block, 'parts'>) => <>{parts.map(({ text, missing }, n) => missing ? <mark key={`${n} ${text}`} className="cc-missing-field">{text}</mark> : <span key={`${n} ${text}`}>{text}</span>)}</>

export default function TextPage() {
  const { conventionId } = usePathParams<{ conventionId: string }>()
  const query = useQuery({ queryKey: ['conventions', 'text', conventionId], queryFn: ({ signal }) => call(previewConvention, { params: { conventionId }, signal }) })
  return (
    <Page title="Texte de la convention et de ses annexes" width="narrow" breadcrumb={[{ label: 'Conventions', href: '/conventions' }, { label: 'Convention', href: `/conventions/${conventionId}` }]} lead="Tel qu’il se compose aujourd’hui. Une fois envoyé à la signature, c’est le document conservé qui fait foi.">
      <Loaded query={query}>
        {({ blocks, missing, templateVersion }) => (
          <>
            {missing.length > 0 && <Notice tone="warning" title={`Il manque ${formatCount(missing.length, 'élément')}`}><ul>{missing.map(one => <li key={one}>{one}</li>)}</ul></Notice>}
            <p className="fr-text--sm">{templateVersion === null ? 'Modèle abrégé livré avec le service.' : `Modèle de l’opérateur, version ${templateVersion}.`}</p>
            {grouped(blocks).map((block, n) => Array.isArray(block)
              ? <ul key={`${n} list`}>{block.map((item, m) => <li key={`${m} ${item.parts[0]?.text}`}><Said parts={item.parts} /></li>)}</ul>
              : (one => one.kind === 'title' ? <h2 key={`${n} title`} className="fr-h4"><Said parts={one.parts} /></h2> : one.kind === 'heading' ? <h3 key={`${n} heading`} className="fr-h6"><Said parts={one.parts} /></h3> : <p key={`${n} paragraph`}><Said parts={one.parts} /></p>)(block as Block))}
          </>
        )}
      </Loaded>
    </Page>
  )
}
