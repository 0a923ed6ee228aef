import type { NextAction } from './words.ts'

/**
 * The planned action that an exchange answers: the one that was chosen, or the one it comes from, else the first that
 * is due. '' answers none; what is planned for a later day is not taken for done.
 */
export const answeredAmong = (
  planned: readonly Pick<NextAction, 'id' | 'dueOn'>[],
  { chosen, from }: { readonly chosen: string | undefined; readonly from: string | undefined },
  today: string,
): string => {
  if (chosen === '') return ''
  const known = [chosen, from].find(id => id !== undefined && planned.some(action => action.id === id))
  return known ?? planned.find(({ dueOn }) => dueOn <= today)?.id ?? ''
}
