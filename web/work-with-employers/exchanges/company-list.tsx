import { type ReactNode, useState } from 'react'
import { listCompanyRelations } from '../../../contract/work-with-employers/company.ts'
import { call } from '../../platform/api.ts'
import { useList } from '../../platform/list.ts'
import { Button, Loaded } from '../../ui/index.ts'
import type { RelationList, Relations } from './company-queries.ts'

interface Asked<List extends RelationList> {
  readonly siret: string
  readonly list: List
  readonly line: (line: Relations[List][number]) => ReactNode
  /** Which of them are told here, when others are told above. */
  readonly only?: (line: Relations[List][number]) => boolean
}
const shown = 3

/** The first lines of a list of the company; all of them, page by page, when asked. `all`: « Tous les contacts ». */
export const CompanyList = <List extends RelationList>({
  first,
  all,
  ...asked
}: Asked<List> & { readonly first: Relations[List]; readonly all: string }) => {
  const [whole, setWhole] = useState(false)
  if (whole) return <WholeList {...asked} />
  const { line, only = () => true } = asked
  const told = (first as readonly Relations[List][number][]).filter(only)
  if (told.length === 0) return null
  return (
    <>
      <ul className="cc-known">{told.slice(0, shown).map(line)}</ul>
      {told.length > shown && (
        <p className="fr-mb-1v">
          <Button size="small" priority="tertiary" onClick={() => setWhole(true)}>
            {all}
          </Button>
        </p>
      )}
    </>
  )
}

const WholeList = <List extends RelationList>({ siret, list, line, only = () => true }: Asked<List>) => {
  const { query, more } = useList(['company-relations', siret, list], async (after, signal) => {
    const reply = await call(listCompanyRelations, {
      params: { siret, list },
      query: { limit: 25, ...(after ? { after } : {}) },
      signal,
    })
    return { items: reply[list] as readonly Relations[List][number][], next: reply.next }
  })
  return (
    <>
      <Loaded query={query} lines={3}>
        {({ items }) => <ul className="cc-known">{items.filter(only).map(line)}</ul>}
      </Loaded>
      {more && (
        <p className="fr-mb-1v">
          <Button size="small" priority="tertiary" onClick={more.onMore} disabled={more.busy}>
            Afficher la suite
          </Button>
        </p>
      )}
    </>
  )
}
