import { type Delivery, type SwitchableKind, switchable, switchableKinds } from '../../contract/deliveries.ts'

export interface KindChoice {
  readonly kind: SwitchableKind
  readonly delivery: Delivery
}
/** Each kind as it is told to who chose this; what is no kind any more counts for nothing. */
export const choicesOf = (chosen: readonly { readonly kind: string; readonly delivery: Delivery }[]): KindChoice[] =>
  switchableKinds.map(kind => ({
    kind,
    delivery: chosen.find(one => one.kind === kind)?.delivery ?? switchable[kind].usual,
  }))
