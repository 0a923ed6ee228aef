const sealed = /\( SELECT ctx\.(ok|known|led_campaigns|(visible|piloted)_(campaigns|task_forces))\(\) AS \w+\)/g

const and = (text: string) => !text.split(' AND ').some(part => part.includes('⊥'))
const or = (text: string) => text.split(' OR ').some(and)

/**
 * Whether a condition of a policy, as PostgreSQL writes it, is false without the sealed context, whatever else it asks:
 * all that rests on the seal is taken as false (⊥), all the rest as true (⊤).
 */
export const fallsUnsealed = (condition: string): boolean => {
  let text = condition
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/'[^']*'/g, '')
    .replaceAll(sealed, '⊥')
  for (let before = ''; before !== text; )
    [before, text] = [text, text.replace(/\(([^()]*)\)/g, (_, inner: string) => (or(inner) ? '⊤' : '⊥'))]
  return !text.includes('(') && !or(text)
}
