import { Button as DsfrButton, type ButtonProps as DsfrButtonProps } from '@codegouvfr/react-dsfr/Button'
import { ProConnectButton as DsfrProConnectButton } from '@codegouvfr/react-dsfr/ProConnectButton'
import type { MouseEvent, ReactNode } from 'react'

type Icon = DsfrButtonProps.WithIcon['iconId']
interface Common {
  priority?: 'primary' | 'secondary' | 'tertiary' | 'tertiary no outline'
  size?: 'small' | 'medium' | 'large'
  icon?: Icon
  iconPosition?: 'left' | 'right'
  /** Shown beside the words, and told to screen readers: the key that does the same. */
  shortcut?: string
  children: ReactNode
}
type Acts = {
  href?: never
  onClick?: (event: MouseEvent<HTMLButtonElement>) => void
  type?: 'button' | 'submit'
  busy?: boolean
  disabled?: boolean
  name?: string
  value?: string
  expanded?: boolean
  controls?: string
  form?: string
  pressed?: boolean
}
type Goes = { href: string; download?: boolean; target?: '_blank' }
export type ButtonProps = Common & (Acts | Goes)

/** A link when it leads somewhere, a button when it acts. While `busy` it stays focusable and does nothing twice. */
export const Button = ({
  priority = 'primary',
  size = 'medium',
  icon,
  iconPosition = 'left',
  shortcut,
  children,
  ...rest
}: ButtonProps) => {
  const look = { priority, size, ...(icon ? { iconId: icon, iconPosition } : {}) } as {
    priority: typeof priority
    size: typeof size
  }
  const inside = (
    <>
      {children}
      {shortcut && (
        <span className="cc-kbd" aria-hidden="true">
          {shortcut}
        </span>
      )}
    </>
  )
  if (rest.href !== undefined) {
    const { href, download, target } = rest as Goes
    return (
      <DsfrButton
        {...look}
        linkProps={{ href, ...(download ? { download: true } : {}), ...(target ? { target } : {}) }}
      >
        {inside}
      </DsfrButton>
    )
  }
  const {
    onClick,
    type = 'button',
    busy = false,
    disabled = false,
    name,
    value,
    expanded,
    controls,
    form,
    pressed,
  } = rest as Acts
  return (
    <DsfrButton
      {...look}
      type={type}
      disabled={disabled}
      nativeButtonProps={{
        onClick: event => {
          if (busy) return event.preventDefault()
          onClick?.(event)
        },
        ...(name ? { name } : {}),
        ...(value === undefined ? {} : { value }),
        ...(form ? { form } : {}),
        ...(busy ? { 'aria-disabled': true } : {}),
        ...(expanded === undefined ? {} : { 'aria-expanded': expanded }),
        ...(controls ? { 'aria-controls': controls } : {}),
        ...(pressed === undefined ? {} : { 'aria-pressed': pressed }),
        ...(shortcut && /^\w$/.test(shortcut) ? { 'aria-keyshortcuts': shortcut } : {}),
      }}
    >
      {inside}
    </DsfrButton>
  )
}

export const ButtonRow = ({ children }: { children: ReactNode }) => <div className="cc-buttons">{children}</div>

/** The official button: a plain link, so that it works before and without our script. */
export const ProConnectButton = ({ href }: { href: string }) => <DsfrProConnectButton url={href} />
