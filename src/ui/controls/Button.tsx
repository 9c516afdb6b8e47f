import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';

interface ButtonProps extends ComponentProps<'button'> {
  /** `main` is the action that most users want next; `text` and `link` are for buttons within text. */
  readonly kind?: keyof typeof CLASS_NAMES;
  readonly icon?: LucideIcon;
}

const CLASS_NAMES = { plain: 'button', main: 'button button-main', text: 'text-button', link: 'link-button' };

/** A button with a text and an optional icon before it. `className` is added to the class of its kind. */
export function Button({ kind = 'plain', icon: Icon, className = '', children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={`${CLASS_NAMES[kind]} ${className}`.trim()} {...rest}>
      {Icon && <Icon size={kind === 'text' ? 13 : 14} aria-hidden />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'className'> {
  /** Name for screen readers. For a tooltip, give `title` too. */
  readonly label: string;
  readonly icon: LucideIcon;
  /** Width of the icon in CSS pixels: icons of different shapes look equally large at different sizes. */
  readonly size?: number;
  readonly isSmall?: boolean;
}

/** A button with an icon and no text. */
export function IconButton({ label, icon: Icon, isSmall = false, size = isSmall ? 15 : 18, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      className={isSmall ? 'icon-button icon-button-small' : 'icon-button'}
      aria-label={label}
      {...rest}
    >
      <Icon size={size} aria-hidden />
    </button>
  );
}
