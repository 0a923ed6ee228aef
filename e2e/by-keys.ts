import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'

/** A keyboard on a page: `every` milliseconds a key, as a person types; 0 as fast as it goes. */
export const keysOf = ({ keyboard }: Page, every = 0) => ({
  press: async (key: string) => {
    await keyboard.press(key)
    if (every) await new Promise(resolve => setTimeout(resolve, every))
  },
  type: (words: string) => keyboard.type(words, { delay: every }),
})
type Keys = ReturnType<typeof keysOf>

export const plain = (text: string | null | undefined) =>
  (text ?? '').replaceAll('\u00A0', ' ').replaceAll('\u202F', ' ').replace(/\s+/g, ' ').trim()

/** The buttons of a page and of the dialog over it, by their exact names. */
export const buttonsOf = (page: Page) => {
  const dialog = page.getByRole('dialog')
  const press = (name: string) => page.getByRole('button', { name, exact: true }).press('Enter')
  const confirm = (name: string) => dialog.getByRole('button', { name, exact: true }).press('Enter')
  /** The page behind is pressed once the dialog is closed: what was written comes before. */
  const settle = async (name: string) => {
    await confirm(name)
    await dialog.waitFor({ state: 'detached' })
  }
  return { dialog, press, confirm, settle }
}

/** The name of what has the focus, as one hears it. */
const focused = async (page: Page) =>
  plain(
    await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null
      return element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent ?? element?.textContent
    }),
  )
/** With Tab alone. */
export const tabTo = async (page: Page, name: RegExp, most = 60) => {
  for (let times = 0; times < most; times++) {
    await page.keyboard.press('Tab')
    if (name.test(await focused(page))) return
  }
  assert.fail(`${name} is not reached with Tab; the focus is on « ${await focused(page)} »`)
}
/** With j alone, down a list to the row that leads there; from its head again when it was sorted anew meanwhile. */
export const walkTo = async (page: Page, address: string) => {
  let last = -1
  for (let rows = 0; rows < 60; rows++) {
    await page.keyboard.press('j')
    const { href, at } = await page.evaluate(() => ({
      href: document.activeElement?.getAttribute('href'),
      at: [...document.querySelectorAll('[data-row-stop]')].indexOf(document.activeElement!),
    }))
    if (href === address) return
    if (at === last) await page.locator('h1').focus()
    last = at
  }
  assert.fail(`${address} is not reached with j`)
}

export interface TellOf {
  readonly channel: string
  readonly result: string
  readonly met?: string
  readonly notes: string
  readonly need?: string
}
/** Opens the panel from the row one stands on, and tells, by keys alone; it is not sent yet. */
export const tell = async (
  page: Page,
  { channel, result, met = '', notes, need = '' }: TellOf,
  keys = keysOf(page),
) => {
  await keys.press('n')
  const panel = page.getByRole('dialog', { name: 'Enregistrer un échange' })
  await panel.getByLabel('Notes').waitFor()
  await keys.press(channel)
  await keys.press('Tab')
  await keys.press(result)
  for (const words of [met, notes, need]) {
    await keys.press('Tab')
    await keys.type(words)
  }
  return panel
}
/** Sends what was told. */
export const send = async (panel: Awaited<ReturnType<typeof tell>>, keys: Keys) => {
  await keys.press('Control+Enter')
  await panel.waitFor({ state: 'detached' })
}
