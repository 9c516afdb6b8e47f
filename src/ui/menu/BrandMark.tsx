import { Compass } from 'lucide-react';

export function BrandMark() {
  return (
    <>
      <Compass size={19} aria-hidden />
      <span className="brand-name">Portolan</span>
    </>
  );
}
