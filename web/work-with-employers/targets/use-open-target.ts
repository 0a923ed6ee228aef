import { useEffect, useRef } from 'react'
import { useAddress } from '../../platform/navigation.ts'
import type { Target } from '../campaigns/words.ts'
import { walkAt, walkOrder } from './target-walk.ts'

const siretOf = ({ establishment: { siret } }: Target) => siret
const rowOf = (siret: string) => document.querySelector<HTMLElement>(`[data-row-stop][href="/etablissements/${siret}"]`)

const focusRow = (sirets: readonly (string | undefined)[]) =>
  sirets
    .map(siret => siret && rowOf(siret))
    .find(row => row instanceof HTMLElement)
    ?.focus()

/**
 * The target open beside the list, in the address, with those before and after it. `list` names what is listed: another
 * list has another order.
 */
export const useOpenTarget = (list: string, items: readonly Target[] | undefined, readOn: (() => void) | undefined) => {
  const [{ fiche }, setAddress] = useAddress()
  const kept = useRef({ list: '', order: [] as readonly string[], known: new Map<string, Target>() })
  if (items) {
    const same = kept.current.list === list && fiche !== undefined
    const order = walkOrder(same ? kept.current.order : [], items.map(siretOf))
    const known = same ? kept.current.known : new Map<string, Target>()
    for (const item of items) known.set(siretOf(item), item)
    kept.current = { list, order, known }
  }
  const { order, known } = kept.current
  // A target that has left the list, since recorded or set aside, stays open.
  const target = fiche === undefined ? undefined : known.get(fiche)
  const walk = walkAt(order, fiche ?? '')
  const nearEnd = target !== undefined && walk.rank > order.length - 3
  useEffect(() => {
    if (nearEnd) readOn?.()
  }, [nearEnd, readOn])
  const opened = useRef<string>(undefined)
  const place = useRef<readonly (string | undefined)[]>([])
  /** Where one stands in the list: on this target, else on the one that comes after it. */
  const stand = (siret: string) => {
    const { next, previous } = walkAt(kept.current.order, siret)
    place.current = [next, previous]
  }
  const open = target && siretOf(target)
  useEffect(() => {
    const last = opened.current
    opened.current = open
    if (open) return void rowOf(open)?.closest('tr')?.scrollIntoView({ block: 'nearest' })
    if (last) focusRow([last, ...place.current])
  }, [open])
  // The row where one stood has left, or moved: one stays where it was, with those that are still to do.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time the list comes anew
  useEffect(() => {
    if (place.current.length && document.activeElement === document.body) focusRow(place.current)
  }, [items])
  if (open) stand(open)
  return {
    target,
    walk,
    stand,
    /** Going back closes what was opened; walking on does not add to what one goes back through. */
    show: (siret: string | undefined) => setAddress({ fiche: siret }, { push: siret !== undefined && !target }),
  }
}
