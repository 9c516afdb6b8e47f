import { Component, type ReactNode } from 'react';
import { Button } from './controls/Button.tsx';

interface Props {
  /** Names the children in a word or two, for the message. */
  readonly what: string;
  readonly children: ReactNode;
}

/** Confines an error to its children: the rest of the page keeps working, and the user can try the part again. */
export class ErrorBoundary extends Component<Props, { readonly message: string | null }> {
  override state = { message: null };

  static getDerivedStateFromError(error: unknown): { message: string } {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.message === null) return this.props.children;
    return (
      <div className="broken" role="alert">
        <p>
          The {this.props.what} ran into a mistake of ours. The rest still works.
          <br />
          <small>{this.state.message}</small>
        </p>
        <Button onClick={() => this.setState({ message: null })}>Try again</Button>
      </div>
    );
  }
}
